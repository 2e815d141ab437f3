package org.iommuref.conformance.trace;

import org.iommuref.tla.trace.TraceVerdict;

/**
 * A trace that is not a behaviour of the model.
 *
 * @param verdict which line is the first that no action explains, or which invariants fall
 * @param schedule what the explorer needs to run it again
 */
public record RejectedTrace(TraceVerdict verdict, String schedule) {

  /** {@code trace 3: line 7 is not explained: FreePage(cpu=1, page=0x10002000)}. */
  @Override
  public String toString() {
    return verdict.toString();
  }
}
