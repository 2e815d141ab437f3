package org.iommuref.conformance.scenario;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.schedule.DfsScheduler;
import org.iommuref.model.schedule.ExhaustiveScheduler;
import org.iommuref.model.schedule.PctScheduler;
import org.iommuref.model.schedule.RandomScheduler;
import org.iommuref.model.schedule.Scheduler;

/**
 * Which schedules are run: those of the first stage, and of the next as long as nothing forbidden
 * was seen.
 *
 * @param stages at least one
 */
public record Search(List<Stage> stages) {

  /**
   * Schedules of one scheduler.
   *
   * @param scheduler decides
   * @param most how many are run
   * @param alone whether it covers what the stages before it do
   */
  record Stage(Scheduler scheduler, long most, boolean alone) {}

  /** Copies the list. */
  public Search {
    stages = List.copyOf(stages);
  }

  /**
   * All schedules with at most so many preemptions and unplain choices: first without preemption,
   * then with one and so on, so that what is found first needs the fewest.
   */
  public static Search bounded(int preemptions, int choices) {
    return new Search(stages(preemptions, choices, Long.MAX_VALUE));
  }

  private static List<Stage> stages(int preemptions, int choices, long schedules) {
    List<Stage> stages = new ArrayList<>();
    for (int most = 0; most <= preemptions; most++) {
      Scheduler scheduler = DfsScheduler.bounded(most).withUnplainChoices(choices);
      stages.add(new Stage(scheduler, schedules, true));
    }
    return stages;
  }

  /** The schedules within a scenario's own bound, then those that it wants drawn at random. */
  public static Search within(Bound bound, long seed) {
    long schedules = bound.most() > 0 ? bound.most() : Long.MAX_VALUE;
    List<Stage> stages = stages(bound.preemptions(), bound.choices(), schedules);
    if (bound.random() > 0) {
      stages.add(new Stage(new RandomScheduler(seed), bound.random(), false));
    }
    return new Search(stages);
  }

  /** All schedules but for the order of independent moves. */
  public static Search exhaustive() {
    return new Search(List.of(new Stage(new ExhaustiveScheduler(), Long.MAX_VALUE, true)));
  }

  /** Schedules drawn at random. */
  public static Search random(long seed, long schedules) {
    return new Search(List.of(new Stage(new RandomScheduler(seed), schedules, true)));
  }

  /** Schedules drawn by priorities, for defects that {@code depth} constraints bring about. */
  public static Search pct(long seed, int depth, long schedules) {
    return new Search(List.of(new Stage(new PctScheduler(seed, depth), schedules, true)));
  }
}
