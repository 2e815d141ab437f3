package org.iommuref.model.iommufd.kernel;

/**
 * Fails the nth point that is reached after it was set, once. Linux: /proc/self/task/TID/fail-nth.
 */
public final class FailNth implements Allocations {

  private int left;

  /** Fails the nth point from now on, counted from 1; 0 for none. */
  public void set(int nth) {
    left = nth;
  }

  /** How many points are still to be reached; 0 if it has failed one or was not set. */
  public int left() {
    return left;
  }

  @Override
  public boolean fails(String what) {
    if (left == 0) {
      return false;
    }
    left--;
    return left == 0;
  }
}
