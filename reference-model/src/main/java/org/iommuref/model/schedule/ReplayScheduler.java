package org.iommuref.model.schedule;

/** One schedule again. */
public final class ReplayScheduler implements Scheduler {

  private final Schedule schedule;
  private boolean begun;
  private boolean exhausted;
  private int point;

  /** Replays {@code schedule} once; after its end, alternative 0. */
  public ReplayScheduler(Schedule schedule) {
    this.schedule = schedule;
  }

  /**
   * Replays the schedule written as {@code text}.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public ReplayScheduler(String text) {
    this(Schedule.parse(text));
  }

  @Override
  public boolean begin() {
    exhausted = begun;
    begun = true;
    return !exhausted;
  }

  @Override
  public int turn(Turn turn) {
    return next("actors can go on", turn.count());
  }

  @Override
  public int choice(String label, int n) {
    return next("cases of " + label + " exist", n);
  }

  private int next(String what, int n) {
    int pick = schedule.pick(point);
    if (pick >= n) {
      throw new IllegalArgumentException(
          "schedule "
              + schedule
              + " does not belong to this scenario: at point "
              + point
              + " it picks "
              + pick
              + ", but "
              + n
              + " "
              + what);
    }
    point++;
    return pick;
  }

  @Override
  public String space() {
    return "schedule " + schedule;
  }

  @Override
  public boolean exhausted() {
    return exhausted;
  }
}
