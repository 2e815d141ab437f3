package org.iommuref.model.schedule;

/** Every alternative equally likely; the same seed gives the same series of schedules. */
public final class RandomScheduler implements Scheduler {

  private final long seed;
  private long run;
  private SplitMix64 generator;

  /** A series without end. */
  public RandomScheduler(long seed) {
    this.seed = seed;
    this.generator = SplitMix64.ofRun(seed, 0);
  }

  @Override
  public boolean begin() {
    generator = SplitMix64.ofRun(seed, run);
    run++;
    return true;
  }

  @Override
  public int turn(Turn turn) {
    return generator.nextInt(turn.count());
  }

  @Override
  public int choice(String label, int n) {
    return generator.nextInt(n);
  }

  @Override
  public String space() {
    return "random schedules of seed " + seed;
  }

  @Override
  public boolean exhausted() {
    return false;
  }
}
