package org.iommuref.model.iommufd.kernel;

import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/**
 * A reader-writer semaphore of the kernel; its name is that of the field in Linux.
 *
 * <p>Readers exclude each other too: iommufd never has two of them wait for one another, so no
 * answer depends on it.
 */
public final class RwSemaphore {

  private final Steps steps;
  private final StepLock lock;

  /** A free semaphore. */
  public RwSemaphore(Steps steps, String name) {
    this.steps = steps;
    this.lock = new StepLock(name);
  }

  /** down_read. */
  public void downRead() {
    steps.lock(lock);
  }

  /** up_read. */
  public void upRead() {
    steps.unlock(lock);
  }

  /** down_write. */
  public void downWrite() {
    steps.lock(lock);
  }

  /** up_write. */
  public void upWrite() {
    steps.unlock(lock);
  }
}
