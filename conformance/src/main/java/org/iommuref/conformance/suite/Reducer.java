package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.spec.clause.ClauseId;
import org.jspecify.annotations.Nullable;

/**
 * Finds a shortest sequence: drops blocks of operations while the same clause still fails, then
 * single ones.
 *
 * <p>The result is 1-minimal if every single operation was tried and none could go; after {@code
 * mostAttempts}, or as many runs as the target grants, the reducer stops and says that it is not. A
 * sequence in which the caller breaks its side of the contract, or that expects what is not true,
 * counts as one that does not fail. A lost reply of a target that does not lose alike is kept as it
 * was found: each attempt could cost a deadline and a restart, and the next one may end otherwise.
 */
final class Reducer {

  /**
   * What is left: the case, its last refusal, whether it is 1-minimal, and how many runs it took.
   */
  record Reduced(Case shortest, CaseResult.Refused refused, boolean minimal, int executions) {}

  /** How many sessions of the same kind a target may make ready while it is reduced. */
  private static final int SAME_AGAIN = 3;

  private final CaseRunner runner;
  private final SessionConfig config;
  private final int mostAttempts;
  private int attempts;
  private int runs;

  Reducer(CaseRunner runner, SessionConfig config, int mostAttempts) {
    this.runner = runner;
    this.config = config;
    this.mostAttempts = mostAttempts;
  }

  /** Reduces a case that was refused; steps after the failing one do not matter. */
  Reduced reduce(Case given, CaseResult.Refused refused) {
    ClauseId clause = refused.clause();
    List<CaseStep> steps =
        given.steps().subList(0, refused.step() + 1).stream().map(CaseStep::withoutClaim).toList();
    Attempt best = new Attempt(given.withSteps(steps), refused);
    Truth truth =
        mostAttempts == 0 || (refused.lost() && !runner.target().losesAlike())
            ? null
            : Truth.of(best.given(), runner.target(), config);
    if (truth == null) {
      return new Reduced(best.given(), best.refused(), false, 0);
    }
    int block = Math.max(1, steps.size() / 2);
    while (goesOn()) {
      int before = best.given().steps().size();
      best = dropEach(best, truth, clause, block);
      boolean shorter = best.given().steps().size() < before;
      if (block > 1) {
        block /= 2;
      } else if (!shorter && goesOn()) {
        return new Reduced(best.given(), best.refused(), true, runs);
      }
    }
    return new Reduced(best.given(), best.refused(), false, runs);
  }

  private boolean goesOn() {
    return attempts < mostAttempts && runs < runner.target().mostRunsToReduce();
  }

  private record Attempt(Case given, CaseResult.Refused refused) {}

  /** What still fails when every block, from the last to the first, was left out that could be. */
  private Attempt dropEach(Attempt whole, Truth truth, ClauseId clause, int block) {
    Attempt best = whole;
    int from = best.given().steps().size() - block;
    while (from > -block && goesOn()) {
      Attempt shorter = without(best, truth, clause, Math.max(0, from), from + block);
      best = shorter == null ? best : shorter;
      from = Math.min(from, best.given().steps().size()) - block;
    }
    return best;
  }

  /** The sequence without some of its steps if it still fails, or null. */
  private @Nullable Attempt without(
      Attempt whole, Truth truth, ClauseId clause, int first, int end) {
    List<CaseStep> rest = new ArrayList<>(whole.given().steps());
    rest.subList(first, Math.min(rest.size(), end)).clear();
    if (rest.isEmpty()) {
      return null;
    }
    Case shorter = whole.given().withSteps(Repair.olds(rest));
    attempts++;
    CaseResult.Refused again = truth.holds(shorter) ? run(shorter) : null;
    if (again != null && again.clause().equals(clause)) {
      List<CaseStep> upTo = shorter.steps().subList(0, again.step() + 1);
      return new Attempt(shorter.withSteps(upTo), again);
    }
    return null;
  }

  private CaseResult.@Nullable Refused run(Case shorter) {
    runs++;
    runner.target().expect(Collections.nCopies(SAME_AGAIN, config.topology()));
    return runner.run(shorter, config).refusal();
  }
}
