package org.iommuref.conformance.trace;

import java.util.List;
import org.iommuref.tla.trace.TraceEvent;
import org.iommuref.tla.trace.TraceVerdict;

/**
 * A trace that is not a behaviour of the model.
 *
 * @param verdict which line is the first that no action explains, or which invariants fall
 * @param explained the lines before it; all of them if an invariant falls
 * @param schedule what the explorer needs to run it again
 */
public record RejectedTrace(TraceVerdict verdict, List<TraceEvent> explained, String schedule) {

  /** Copies the list. */
  public RejectedTrace {
    explained = List.copyOf(explained);
  }

  /** {@code trace 3: line 7 is not explained: FreePage(cpu=1, page=0x10002000)}. */
  @Override
  public String toString() {
    return verdict.toString();
  }
}
