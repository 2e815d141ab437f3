package org.iommuref.model.iommufd.kernel;

import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/** A spinlock of the kernel; its name is that of the field in Linux. Nothing waits under it. */
public final class Spinlock {

  private final Steps steps;
  private final StepLock lock;

  /** A free spinlock. */
  public Spinlock(Steps steps, String name) {
    this.steps = steps;
    this.lock = new StepLock(name);
  }

  /** spin_lock. */
  public void lock() {
    steps.lock(lock);
  }

  /** spin_unlock. */
  public void unlock() {
    steps.unlock(lock);
  }
}
