package org.iommuref.model.explore;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.iommuref.model.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * What the schedules of an exploration came to.
 *
 * @param <O> the outcome
 * @param space which schedules it was about
 * @param exhausted whether none of them is left
 * @param schedules how many were run
 * @param moves how many moves threads and machines made in all of them
 * @param cutOff how many were cut off
 * @param repeating how many were left where only what others had shown could follow
 * @param outcomes each outcome, in the order in which they were seen first
 * @param failures how many deadlocked, threw or violated the scenario's check
 * @param firstFailure the first of those, or null
 */
public record Exploration<O>(
    String space,
    boolean exhausted,
    long schedules,
    long moves,
    long cutOff,
    long repeating,
    Map<O, Seen> outcomes,
    long failures,
    @Nullable Execution<O> firstFailure) {

  /**
   * How often an outcome was seen.
   *
   * @param times in how many schedules
   * @param first the first of them
   */
  public record Seen(long times, Schedule first) {}

  /** Makes the map unmodifiable. */
  public Exploration {
    outcomes = Collections.unmodifiableMap(outcomes);
  }

  /** The first schedule that failed. */
  public Optional<Execution<O>> failure() {
    return Optional.ofNullable(firstFailure);
  }

  /** Whether every schedule of the space was run to its end. */
  public boolean complete() {
    return exhausted && cutOff == 0;
  }

  /**
   * What may be claimed: {@code all schedules with at most 2 preemptions: 123 schedules, complete}.
   */
  public String claim() {
    String run = counted(schedules) + (repeating == 0 ? "" : " (" + repeating + " left early)");
    if (!exhausted) {
      return space + ": stopped after " + run;
    }
    return space
        + ": "
        + run
        + (cutOff == 0 ? ", complete" : ", " + cutOff + " of them cut off, not complete");
  }

  private static String counted(long schedules) {
    return schedules + (schedules == 1 ? " schedule" : " schedules");
  }
}
