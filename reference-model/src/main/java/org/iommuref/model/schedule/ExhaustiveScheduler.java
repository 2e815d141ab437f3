package org.iommuref.model.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every schedule but for the order of independent moves, depth first, with the sleep sets of
 * Godefroid (1996) and no bound.
 *
 * <p>Two moves are independent if neither touches what the other writes; what a move touches is
 * seen when it is made, never declared. Of the schedules that differ in the order of independent
 * moves alone one is run to its end, and others are left as soon as every actor that could go on
 * would repeat what was seen: an actor sleeps after a point from which it has gone on already,
 * until a move that is not independent of its own wakes it. Every state that some schedule reaches
 * is reached, so every outcome, deadlock and violated check is found. A move with choices counts as
 * one that touches what it does with any of them.
 */
public final class ExhaustiveScheduler implements Scheduler {

  /** An actor whose next move has been tried, and what it touches. */
  private record Sleeper(int actor, Touched move) {}

  /** A point of the present schedule: who goes on, or, without actors, a choice. */
  private static final class Point {

    private final int count;
    private final int @Nullable [] actors;
    private final List<Sleeper> sleepers;
    private int pick;

    /** What the move picked touches, with any choices. */
    private @Nullable Touched anyChoices;

    /** What it touched this time. */
    private @Nullable Touched thisTime;

    Point(int count, int @Nullable [] actors, List<Sleeper> sleepers) {
      this.count = count;
      this.actors = actors;
      this.sleepers = sleepers;
    }

    /** Goes on to the next alternative that does not sleep, from {@code first}. */
    boolean pickFrom(int first) {
      for (pick = first; pick < count; pick++) {
        if (actors == null || !sleeps(actors[pick])) {
          return true;
        }
      }
      return false;
    }

    private boolean sleeps(int actor) {
      return sleepers.stream().anyMatch(sleeper -> sleeper.actor == actor);
    }

    void touched(Touched move) {
      if (anyChoices == null) {
        anyChoices = move;
      } else {
        anyChoices.addAll(move);
      }
      thisTime = move;
    }

    /** All that can follow the pick has been seen. */
    void putToSleep() {
      if (actors != null && anyChoices != null) {
        sleepers.add(new Sleeper(actors[pick], anyChoices));
      }
      anyChoices = null;
    }

    /** Who still sleeps after the move picked. */
    List<Sleeper> stillAsleep() {
      List<Sleeper> still = new ArrayList<>();
      Touched move = thisTime;
      if (move != null) {
        sleepers.stream().filter(each -> each.move.independentOf(move)).forEach(still::add);
      }
      return still;
    }
  }

  private final List<Point> points = new ArrayList<>();
  private int depth;
  private int fixed;
  private int changedMove;
  private int lastMove;
  private boolean begun;
  private boolean exhausted;

  @Override
  public boolean begin() {
    if (begun && !backtrack()) {
      exhausted = true;
      return false;
    }
    begun = true;
    fixed = points.size();
    depth = 0;
    lastMove = -1;
    changedMove = fixed - 1;
    while (changedMove >= 0 && points.get(changedMove).actors == null) {
      changedMove--;
    }
    return true;
  }

  /** Leaves the deepest point that has an alternative that does not sleep at that alternative. */
  private boolean backtrack() {
    while (!points.isEmpty()) {
      Point point = points.get(points.size() - 1);
      point.putToSleep();
      if (point.pickFrom(point.pick + 1)) {
        return true;
      }
      points.remove(points.size() - 1);
    }
    return false;
  }

  @Override
  public int turn(Turn turn) {
    int[] actors = new int[turn.count()];
    Arrays.setAll(actors, turn::id);
    if (depth == fixed) {
      List<Sleeper> asleep = lastMove < 0 ? List.of() : points.get(lastMove).stillAsleep();
      var point = new Point(actors.length, actors, new ArrayList<>(asleep));
      if (!point.pickFrom(0)) {
        return NOTHING_NEW;
      }
      points.add(point);
      fixed++;
    } else {
      requireSame(actors.length, actors);
    }
    lastMove = depth;
    return points.get(depth++).pick;
  }

  @Override
  public int choice(String label, int n) {
    if (depth == fixed) {
      points.add(new Point(n, null, List.of()));
      fixed++;
    } else {
      requireSame(n, null);
    }
    return points.get(depth++).pick;
  }

  private void requireSame(int count, int @Nullable [] actors) {
    Point before = points.get(depth);
    if (before.count != count || !Arrays.equals(before.actors, actors)) {
      throw new IllegalStateException(
          "the scenario is not deterministic: after the same schedule, point "
              + depth
              + " had "
              + before.count
              + " alternatives and now has "
              + count
              + ", or others");
    }
  }

  @Override
  public boolean watches() {
    return true;
  }

  /** {@inheritDoc} Moves before the one that changed since the schedule before are as they were. */
  @Override
  public void touched(Touched move) {
    if (lastMove >= changedMove && lastMove >= 0) {
      points.get(lastMove).touched(move);
    }
  }

  @Override
  public String space() {
    return "all schedules but for the order of independent moves";
  }

  @Override
  public boolean exhausted() {
    return exhausted;
  }
}
