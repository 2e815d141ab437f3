package org.iommuref.model.iommufd.kernel;

import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/** A mutex of the kernel; its name is that of the field in Linux. */
public final class Mutex {

  private final Steps steps;
  private final StepLock lock;

  /** A free mutex. */
  public Mutex(Steps steps, String name) {
    this.steps = steps;
    this.lock = new StepLock(name);
  }

  /** mutex_lock. */
  public void lock() {
    steps.lock(lock);
  }

  /** mutex_unlock. */
  public void unlock() {
    steps.unlock(lock);
  }
}
