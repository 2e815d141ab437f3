package org.iommuref.model.explore;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.iommuref.model.schedule.TracedStep;

/**
 * Runs each execution's schedule again and throws unless the same happens: the scenario depends on
 * nothing but its schedule.
 *
 * <p>For {@link Explorer#explore}: it never ends the exploration itself. Steps are the same if they
 * are equal or print the same.
 *
 * @param <O> the outcome
 */
public final class ReplayedTwice<O> implements Predicate<Execution<O>> {

  private final Explorer<O> explorer;

  /** A check by the explorer that made the executions. */
  public ReplayedTwice(Explorer<O> explorer) {
    this.explorer = explorer;
  }

  /**
   * Runs the schedule of {@code first} again.
   *
   * @throws IllegalStateException if it comes out differently
   */
  @Override
  public boolean test(Execution<O> first) {
    Execution<O> second;
    try {
      second = explorer.replay(first.schedule().toString());
    } catch (IllegalArgumentException unfit) {
      throw new IllegalStateException(differs(first) + unfit.getMessage(), unfit);
    }
    requireSame(first, first.setUp(), second.setUp());
    if (first.ending() instanceof Ending.Repeating<O>) {
      int common = Math.min(first.trace().size(), second.trace().size());
      requireSame(first, first.trace(), second.trace().subList(0, common));
      return true; // a replay goes on where the search has seen enough
    }
    requireSame(first, first.trace(), second.trace());
    if (!same(first.outcome(), second.outcome()) || !same(first.ending(), second.ending())) {
      throw new IllegalStateException(
          differs(first) + "first " + first.ending() + ", then " + second.ending());
    }
    return true;
  }

  private void requireSame(Execution<O> of, List<TracedStep> first, List<TracedStep> second) {
    for (int line = 0; line < Math.max(first.size(), second.size()); line++) {
      Object before = line < first.size() ? first.get(line) : "the end";
      Object after = line < second.size() ? second.get(line) : "the end";
      if (!same(before, after)) {
        throw new IllegalStateException(
            differs(of) + "line " + (line + 1) + " is first " + before + ", then " + after);
      }
    }
  }

  private String differs(Execution<O> of) {
    return "the scenario depends on more than its schedule " + of.schedule() + ": ";
  }

  private static boolean same(Object first, Object second) {
    return Objects.equals(first, second) || first.toString().equals(second.toString());
  }
}
