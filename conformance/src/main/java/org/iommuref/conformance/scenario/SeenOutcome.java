package org.iommuref.conformance.scenario;

import java.util.List;
import java.util.Optional;
import org.iommuref.conformance.scenario.OutcomeRule.Verdict;
import org.iommuref.spec.clause.ClauseId;

/**
 * An outcome that some schedules came to.
 *
 * @param outcome the outcome
 * @param times in how many schedules
 * @param schedule the first of them
 * @param rule what the scenario says of it; empty if nothing: then it is forbidden
 * @param clauses that it shows
 */
public record SeenOutcome(
    Outcome outcome,
    long times,
    String schedule,
    Optional<OutcomeRule> rule,
    List<ClauseId> clauses) {

  /** Copies the list. */
  public SeenOutcome {
    clauses = List.copyOf(clauses);
  }

  /** Whether it must not be. */
  public boolean isForbidden() {
    return rule.map(said -> said.verdict() == Verdict.FORBIDDEN).orElse(true);
  }
}
