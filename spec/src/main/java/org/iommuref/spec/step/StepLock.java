package org.iommuref.spec.step;

/**
 * A lock of the modelled software: a mutex if only {@link Steps#lock} takes it, a reader-writer
 * lock if {@link Steps#lockShared} does too.
 */
public final class StepLock {

  private final String name;

  /** A free lock. */
  public StepLock(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
