package org.iommuref.spec.step;

/** A mutex of the modelled software; {@link Steps#lock} and {@link Steps#unlock} act on it. */
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
