package org.iommuref.conformance.scenario;

import java.util.List;

/**
 * A thread of software, or of a device, that makes one call after the other.
 *
 * @param name as a schedule prints it
 * @param calls in order
 */
public record CallThread(String name, List<Call> calls) {

  /** Copies the list. */
  public CallThread {
    calls = List.copyOf(calls);
  }
}
