package org.iommuref.tla.trace;

import java.util.List;

/**
 * What an implementation did, in order.
 *
 * @param events at least one
 */
public record Trace(List<TraceEvent> events) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no event: an empty trace agrees with everything
   */
  public Trace {
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("an empty trace shows nothing");
    }
  }
}
