package org.iommuref.tla.trace;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether one trace is a behaviour of the model.
 *
 * @param trace the index of the trace, from 0
 * @param line the first event that no action of the model explains, from 1; empty if all are
 *     explained
 * @param event that event
 * @param violated the invariants that do not hold in a state on the way, in order of name
 */
public record TraceVerdict(
    int trace, OptionalInt line, Optional<TraceEvent> event, List<String> violated) {

  /** Copies the list. */
  public TraceVerdict {
    violated = List.copyOf(violated);
  }

  /** Whether every event is explained and every invariant holds. */
  public boolean isAccepted() {
    return line.isEmpty() && violated.isEmpty();
  }

  /** The verdict in one line; traces count from 1. */
  @Override
  public String toString() {
    String subject = "trace " + (trace + 1) + ": ";
    if (event.isPresent()) {
      return subject + "line " + line.orElse(0) + " is not explained: " + event.get();
    }
    return subject + (violated.isEmpty() ? "accepted" : "violates " + String.join(", ", violated));
  }
}
