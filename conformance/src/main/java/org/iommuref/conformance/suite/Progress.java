package org.iommuref.conformance.suite;

/** Hears how far a run has come. */
public interface Progress {

  /** Nobody listens. */
  Progress NONE = (done, total, what) -> {};

  /** {@code done} of {@code total} cases are run; {@code what} is the one that ended. */
  void ran(int done, int total, String what);

  /** The run is over, or given up. */
  default void ended() {}
}
