package org.iommuref.model.schedule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and Nagarakatte, ASPLOS 2010):
 * each actor has a random priority, the highest that can go on does, and at {@code depth - 1}
 * random points the actor that would go on falls below all others.
 *
 * <p>A defect of depth {@code d} is one that {@code d} constraints on the order of moves bring
 * about. Of {@code n} actors and schedules of at most {@code k} points, each schedule finds it with
 * a probability of at least 1/(n k^(d-1)). Only points with more than one alternative count, since
 * at any other nobody can be held back. How long schedules are shows in their course: {@code k} is
 * the power of two that none has exceeded, and the claim counts the schedules drawn with the last
 * one. Choices are drawn equally likely; the probability is that among schedules with the choices
 * that the defect needs. The same seed gives the same series of schedules.
 */
public final class PctScheduler implements Scheduler {

  private final long seed;
  private final int depth;
  private final int[] changes;
  private final Map<Integer, Long> priorities = new HashMap<>();
  private SplitMix64 generator;
  private long run;
  private int points;
  private int mostPoints = 1;
  private int mostActors = 1;
  private long drawnAlike;

  /**
   * A series without end.
   *
   * @param depth of the defects that are looked for; at least 1
   */
  public PctScheduler(long seed, int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("a depth is at least 1, not " + depth);
    }
    this.seed = seed;
    this.depth = depth;
    this.changes = new int[depth - 1];
    this.generator = SplitMix64.ofRun(seed, 0);
  }

  @Override
  public boolean begin() {
    learn();
    generator = SplitMix64.ofRun(seed, run);
    run++;
    for (int change = 0; change < changes.length; change++) {
      changes[change] = generator.nextInt(mostPoints);
    }
    Arrays.sort(changes);
    return true;
  }

  /** Takes the length of the schedule that has ended, if one was run, into account. */
  private void learn() {
    if (points == 0) {
      return;
    }
    drawnAlike++;
    if (points > mostPoints || priorities.size() > mostActors) {
      mostPoints = Math.max(mostPoints, atLeast(points));
      mostActors = Math.max(mostActors, priorities.size());
      drawnAlike = 0;
    }
    points = 0;
    priorities.clear();
  }

  private static int atLeast(int points) {
    return points == 1 ? 1 : Integer.highestOneBit(points - 1) << 1;
  }

  @Override
  public int turn(Turn turn) {
    int highest = highest(turn);
    for (int change = 0; change < changes.length; change++) {
      if (changes[change] == points) {
        priorities.put(turn.id(highest), -1L - change);
        highest = highest(turn);
      }
    }
    points++;
    return highest;
  }

  private int highest(Turn turn) {
    int highest = 0;
    for (int index = 1; index < turn.count(); index++) {
      if (priority(turn.id(index)) > priority(turn.id(highest))) {
        highest = index;
      }
    }
    return highest;
  }

  private long priority(int actor) {
    return priorities.computeIfAbsent(actor, any -> generator.nextLong() >>> 1);
  }

  @Override
  public int choice(String label, int n) {
    return generator.nextInt(n);
  }

  /** The least probability with which a schedule finds a defect of the depth looked for. */
  public double bound() {
    return 1 / (mostActors * Math.pow(mostPoints, depth - 1));
  }

  @Override
  public String space() {
    learn();
    return "schedules by priority of seed "
        + seed
        + ", of which the last "
        + drawnAlike
        + " each find a defect of depth "
        + depth
        + " with a probability of at least 1/("
        + mostActors
        + " * "
        + mostPoints
        + "^"
        + (depth - 1)
        + ") = "
        + String.format(Locale.ROOT, "%.1e", bound());
  }

  @Override
  public boolean exhausted() {
    return false;
  }
}
