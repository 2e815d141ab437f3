package org.iommuref.conformance.fuzz;

import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.model.iommufd.ModelProvider;
import org.jspecify.annotations.Nullable;

/** A run of fuzzed programs: the same seed, the same programs. */
public final class Fuzz {

  private static final long NEXT_SEED = 0x9e37_79b9_7f4a_7c15L;

  private final Tally tally = new Tally();
  private final Setting setting;
  private final long seed;
  private long programs;
  private @Nullable Failure failure;

  /** A run over a target of seam 3 that begins at a seed. */
  public Fuzz(ModelProvider target, long seed) {
    this(new Setting(target, UnaryOperator.identity()), seed);
  }

  Fuzz(Setting setting, long seed) {
    this.setting = setting;
    this.seed = seed;
  }

  /**
   * A program that broke a rule, in its shortest form.
   *
   * @param seed with which a run begins with this program
   * @param wrong the rule, and how it was broken
   * @param minimal whether no act can be left out
   * @param acts what the program did, one line for each act; then it closed everything
   */
  public record Failure(long seed, String wrong, boolean minimal, List<String> acts) {}

  /** Runs programs until so many ioctls were made in all, or one has broken a rule. */
  public void run(long ioctls) {
    while (tally.made() < ioctls && failure == null) {
      long own = seed + programs * NEXT_SEED;
      Finding found = new Sequence(setting, own, tally).run();
      if (found != null) {
        ShorterFinding shortest = ShorterFinding.of(found);
        failure =
            new Failure(
                own,
                shortest.finding().wrong(),
                shortest.minimal(),
                shortest.finding().acts().stream().map(Act::toString).toList());
      }
      programs++;
    }
  }

  /** What was counted. */
  public Tally tally() {
    return tally;
  }

  /** How many programs were run. */
  public long programs() {
    return programs;
  }

  /** What was found, or null. */
  public @Nullable Failure failure() {
    return failure;
  }
}
