package org.iommuref.model.iommufd.kernel;

import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/**
 * A reader-writer semaphore of the kernel; its name is that of the field in Linux.
 *
 * <p>Readers share it. While they hold it, a writer that waits keeps new readers out.
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
    steps.lockShared(lock);
  }

  /** up_read. */
  public void upRead() {
    steps.unlockShared(lock);
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
