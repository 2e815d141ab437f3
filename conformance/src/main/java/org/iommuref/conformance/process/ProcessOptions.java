package org.iommuref.conformance.process;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long and how much the runner grants a child.
 *
 * @param startDeadline from the start of the child to its reply to {@code hello}
 * @param deadline from a request, or the reply before, to its reply
 * @param window requests without reply at once, at most
 * @param lineLimit the longest line taken, in bytes
 * @param restarts how often a child is started again, at most
 * @param validate whether every message is checked against its schema
 * @param nanoTime the clock, as {@link System#nanoTime}
 */
public record ProcessOptions(
    Duration startDeadline,
    Duration deadline,
    int window,
    int lineLimit,
    int restarts,
    boolean validate,
    LongSupplier nanoTime) {

  private static final Duration TO_START = Duration.ofSeconds(20);
  private static final Duration TO_REPLY = Duration.ofSeconds(5);
  private static final int WINDOW = 64;
  private static final int LINE_LIMIT = 1 << 20;
  private static final int RESTARTS = 50;

  /**
   * Twenty seconds to start, five for a reply, 64 requests at once, lines up to 1 MiB, 50 restarts.
   */
  public static ProcessOptions standard() {
    return new ProcessOptions(
        TO_START, TO_REPLY, WINDOW, LINE_LIMIT, RESTARTS, false, System::nanoTime);
  }

  /** The same with every message checked against its schema. */
  public ProcessOptions validating() {
    return new ProcessOptions(startDeadline, deadline, window, lineLimit, restarts, true, nanoTime);
  }

  /** The same with other deadlines. */
  public ProcessOptions withDeadlines(Duration toStart, Duration toReply) {
    return new ProcessOptions(toStart, toReply, window, lineLimit, restarts, validate, nanoTime);
  }

  /** The same with at most so many requests at once. */
  public ProcessOptions withWindow(int other) {
    return new ProcessOptions(
        startDeadline, deadline, other, lineLimit, restarts, validate, nanoTime);
  }

  /** The same with at most so many restarts. */
  public ProcessOptions withRestarts(int most) {
    return new ProcessOptions(startDeadline, deadline, window, lineLimit, most, validate, nanoTime);
  }

  /** The same with another clock. */
  public ProcessOptions withClock(LongSupplier nanos) {
    return new ProcessOptions(
        startDeadline, deadline, window, lineLimit, restarts, validate, nanos);
  }
}
