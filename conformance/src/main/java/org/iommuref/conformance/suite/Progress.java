package org.iommuref.conformance.suite;

/** Hears how far a run has come, and can end it. */
public interface Progress {

  /** Nobody listens. */
  Progress NONE = (done, total, what) -> {};

  /** {@code done} of {@code total} cases are run; {@code what} is the one that ended. */
  void ran(int done, int total, String what);

  /** Whether the run is to go on; what it has found until then is reported all the same. */
  default boolean goesOn() {
    return true;
  }

  /** The run is over, or given up. */
  default void ended() {}
}
