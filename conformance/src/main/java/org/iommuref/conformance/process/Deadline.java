package org.iommuref.conformance.process;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment up to which somebody waits. */
public final class Deadline {

  private final LongSupplier nanoTime;
  private final long at;

  private Deadline(LongSupplier nanoTime, long at) {
    this.nanoTime = nanoTime;
    this.at = at;
  }

  /** So long from now, by that clock. */
  public static Deadline in(Duration time, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + time.toNanos());
  }

  /** The nanoseconds that remain; 0 when it has passed. */
  long remainingNanos() {
    return Math.max(0, at - nanoTime.getAsLong());
  }
}
