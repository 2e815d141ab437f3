package org.iommuref.model.mutant;

import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/** Locks of one name are not taken: for reading, for writing, or both. */
final class WithoutLock extends ForwardingSteps {

  /** Who does not take it. */
  enum Who {
    READERS,
    WRITERS,
    ALL
  }

  private final String name;
  private final Who who;

  WithoutLock(Steps steps, String name, Who who) {
    super(steps);
    this.name = name;
    this.who = who;
  }

  @Override
  public void lock(StepLock lock) {
    if (isTaken(lock, Who.READERS)) {
      super.lock(lock);
    }
  }

  @Override
  public void unlock(StepLock lock) {
    if (isTaken(lock, Who.READERS)) {
      super.unlock(lock);
    }
  }

  @Override
  public void lockShared(StepLock lock) {
    if (isTaken(lock, Who.WRITERS)) {
      super.lockShared(lock);
    }
  }

  @Override
  public void unlockShared(StepLock lock) {
    if (isTaken(lock, Who.WRITERS)) {
      super.unlockShared(lock);
    }
  }

  private boolean isTaken(StepLock lock, Who others) {
    return who == others || !lock.toString().equals(name);
  }
}
