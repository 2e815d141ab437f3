package org.iommuref.model.schedule;

import java.util.Arrays;

/**
 * Every schedule, depth first, up to a number of preemptions; none is left out because it is
 * equivalent to another.
 *
 * <p>What a preemption is, {@link Turn} says. With that meaning a thread that is not preempted runs
 * until it waits or ends, and while it waits a machine runs until it cannot move or the wait is
 * over: the schedule of {@link Sequential} has no preemption and comes first. Choices cost nothing
 * unless they are bounded too: then each choice that is not the plain case counts.
 */
public final class DfsScheduler implements Scheduler {

  private static final int UNBOUNDED = Integer.MAX_VALUE;

  private final int mostPreemptions;
  private final int mostUnplain;

  private int[] picks = new int[64];
  private int[] counts = new int[64];
  private long[] preempting = new long[64];
  private boolean[] choices = new boolean[64];
  private int depth;
  private int fixed;
  private boolean begun;
  private boolean exhausted;
  private int preemptions;
  private int unplain;

  private DfsScheduler(int mostPreemptions, int mostUnplain) {
    if (mostPreemptions < 0 || mostUnplain < 0) {
      throw new IllegalArgumentException("a bound is negative");
    }
    this.mostPreemptions = mostPreemptions;
    this.mostUnplain = mostUnplain;
  }

  /** All schedules with at most {@code preemptions} preemptions. */
  public static DfsScheduler bounded(int preemptions) {
    return new DfsScheduler(preemptions, UNBOUNDED);
  }

  /** All schedules. */
  public static DfsScheduler unbounded() {
    return new DfsScheduler(UNBOUNDED, UNBOUNDED);
  }

  /** The same, with at most {@code most} choices that are not the plain case. */
  public DfsScheduler withUnplainChoices(int most) {
    return new DfsScheduler(mostPreemptions, most);
  }

  @Override
  public boolean begin() {
    if (begun && !backtrack()) {
      exhausted = true;
      return false;
    }
    begun = true;
    fixed = depth;
    depth = 0;
    preemptions = 0;
    unplain = 0;
    return true;
  }

  @Override
  public int turn(Turn turn) {
    return next(turn.count(), turn.preempting(), false);
  }

  @Override
  public int choice(String label, int n) {
    return next(n, 0, true);
  }

  private int next(int count, long preempts, boolean choice) {
    if (depth < fixed) {
      if (counts[depth] != count || preempting[depth] != preempts || choices[depth] != choice) {
        throw new IllegalStateException(
            "the scenario is not deterministic: after the same schedule, point "
                + depth
                + " had "
                + counts[depth]
                + " alternatives and now has "
                + count);
      }
    } else {
      grow();
      picks[depth] = 0;
      counts[depth] = count;
      preempting[depth] = preempts;
      choices[depth] = choice;
    }
    int pick = picks[depth];
    spend(depth, pick, 1);
    depth++;
    return pick;
  }

  /** Leaves the deepest point that has an alternative within the bounds at that alternative. */
  private boolean backtrack() {
    while (depth > 0) {
      int point = depth - 1;
      spend(point, picks[point], -1);
      for (int pick = picks[point] + 1; pick < counts[point]; pick++) {
        if (withinBounds(point, pick)) {
          picks[point] = pick;
          return true;
        }
      }
      depth--;
    }
    return false;
  }

  private boolean withinBounds(int point, int pick) {
    return choices[point]
        ? unplain < mostUnplain
        : preemptions < mostPreemptions || !preempts(point, pick);
  }

  private void spend(int point, int pick, int amount) {
    if (choices[point]) {
      unplain += pick == 0 ? 0 : amount;
    } else {
      preemptions += preempts(point, pick) ? amount : 0;
    }
  }

  private boolean preempts(int point, int pick) {
    return (preempting[point] >>> pick & 1) != 0;
  }

  private void grow() {
    if (depth == picks.length) {
      int length = 2 * depth;
      picks = Arrays.copyOf(picks, length);
      counts = Arrays.copyOf(counts, length);
      preempting = Arrays.copyOf(preempting, length);
      choices = Arrays.copyOf(choices, length);
    }
  }

  @Override
  public String space() {
    String space = "all schedules";
    if (mostPreemptions != UNBOUNDED) {
      space += " with at most " + counted(mostPreemptions, "preemption");
    }
    if (mostUnplain != UNBOUNDED) {
      space += mostPreemptions == UNBOUNDED ? " with" : " and";
      space += " at most " + counted(mostUnplain, "choice") + " not plain";
    }
    return space;
  }

  private static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  @Override
  public boolean exhausted() {
    return exhausted;
  }
}
