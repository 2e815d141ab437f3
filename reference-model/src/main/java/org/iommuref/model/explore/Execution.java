package org.iommuref.model.explore;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.iommuref.model.schedule.Schedule;
import org.iommuref.model.schedule.TracedStep;

/**
 * One schedule of a scenario, as it happened.
 *
 * @param <O> the outcome
 * @param ending how it ended
 * @param schedule what {@link Explorer#replay} needs to do it again
 * @param setUp the steps and events before the race, in order
 * @param trace the steps and events of the race, in order; locks and choices are not among them
 * @param moves how many moves threads and machines made
 * @param footprints what each move touched, if the explorer records it; otherwise empty
 */
public record Execution<O>(
    Ending<O> ending,
    Schedule schedule,
    List<TracedStep> setUp,
    List<TracedStep> trace,
    int moves,
    List<MoveFootprint> footprints) {

  /** Makes the lists unmodifiable. */
  public Execution {
    setUp = Collections.unmodifiableList(setUp);
    trace = Collections.unmodifiableList(trace);
    footprints = Collections.unmodifiableList(footprints);
  }

  /** A schedule that did not get as far as its race. */
  static <O> Execution<O> ofSetUp(Ending<O> ending, List<TracedStep> setUp) {
    return new Execution<>(ending, Schedule.of(new int[0], 0), setUp, List.of(), 0, List.of());
  }

  /** The outcome, if the schedule came to its end. */
  public Optional<O> outcome() {
    return ending instanceof Ending.Finished<O> finished
        ? Optional.of(finished.outcome())
        : Optional.empty();
  }

  /** Whether it deadlocked, threw or violated the scenario's check. */
  public boolean failed() {
    return ending.failed();
  }

  /** The trace line by line, how it ended, and the schedule. */
  public String story() {
    var text = new StringBuilder();
    for (TracedStep step : trace) {
      text.append("  ").append(step).append('\n');
    }
    return text.append(ending).append("\nschedule ").append(schedule).append('\n').toString();
  }
}
