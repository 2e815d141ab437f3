package org.iommuref.model.explore;

import java.util.Arrays;
import org.iommuref.model.schedule.Schedule;
import org.iommuref.model.schedule.Scheduler;
import org.iommuref.model.schedule.Touched;
import org.iommuref.model.schedule.Turn;
import org.jspecify.annotations.Nullable;

/** What the scheduler picks in the course of one schedule, and that it could not, if so. */
final class Decisions {

  private final Scheduler scheduler;
  private int[] picks = new int[64];
  private int points;
  private @Nullable RuntimeException refusal;

  Decisions(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  boolean watched() {
    return scheduler.watches();
  }

  /** Who goes on; -1 if the scheduler refuses or sees nothing new to come. */
  int turn(Turn turn) {
    try {
      int pick = scheduler.turn(turn);
      if (pick == Scheduler.NOTHING_NEW) {
        return -1;
      }
      return turn.count() == 1 ? 0 : record(pick, turn.count());
    } catch (RuntimeException refused) {
      refusal = refused;
      return -1;
    }
  }

  /** Which case comes out; -1 if the scheduler refuses. */
  int choice(String label, int n) {
    try {
      return record(scheduler.choice(label, n), n);
    } catch (RuntimeException refused) {
      refusal = refused;
      return -1;
    }
  }

  /** Tells the scheduler what the move that has ended touched, if one was under way. */
  void touched(@Nullable Touched move) {
    if (move != null) {
      scheduler.touched(move);
    }
  }

  private int record(int pick, int alternatives) {
    if (pick < 0 || pick >= alternatives) {
      throw new IllegalStateException(
          "the scheduler picks " + pick + " of " + alternatives + " alternatives");
    }
    if (points == picks.length) {
      picks = Arrays.copyOf(picks, 2 * points);
    }
    picks[points++] = pick;
    return pick;
  }

  boolean refused() {
    return refusal != null;
  }

  /** Throws what the scheduler threw, if it could not decide. */
  void requireNotRefused() {
    if (refusal != null) {
      throw refusal;
    }
  }

  Schedule schedule() {
    return Schedule.of(picks, points);
  }
}
