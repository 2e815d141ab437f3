package org.iommuref.model.explore;

import java.util.LinkedHashMap;
import java.util.Map;
import org.iommuref.model.schedule.Scheduler;
import org.jspecify.annotations.Nullable;

/** Counts what an exploration sees. */
final class Tally<O> {

  private final Map<O, Exploration.Seen> outcomes = new LinkedHashMap<>();
  private long schedules;
  private long moves;
  private long cutOff;
  private long repeating;
  private long failures;
  private @Nullable Execution<O> firstFailure;

  long schedules() {
    return schedules;
  }

  void add(Execution<O> execution) {
    schedules++;
    moves += execution.moves();
    if (execution.ending() instanceof Ending.Finished<O> finished) {
      outcomes.merge(
          finished.outcome(),
          new Exploration.Seen(1, execution.schedule()),
          (before, once) -> new Exploration.Seen(before.times() + 1, before.first()));
    } else if (execution.failed()) {
      failures++;
      firstFailure = firstFailure == null ? execution : firstFailure;
    } else if (execution.ending() instanceof Ending.Repeating<O>) {
      repeating++;
    } else {
      cutOff++;
    }
  }

  Exploration<O> exploration(Scheduler scheduler) {
    return new Exploration<>(
        scheduler.space(),
        scheduler.exhausted(),
        schedules,
        moves,
        cutOff,
        repeating,
        outcomes,
        failures,
        firstFailure);
  }
}
