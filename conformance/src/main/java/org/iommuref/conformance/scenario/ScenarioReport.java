package org.iommuref.conformance.scenario;

import java.util.List;
import java.util.Optional;
import org.iommuref.model.explore.Execution;

/**
 * What exploring a scenario came to.
 *
 * @param scenario the scenario
 * @param target the name of the target
 * @param claims which schedules were run, and whether none of them is left
 * @param seen the outcomes, in the order in which they were seen first
 * @param unseen what is allowed or required and was not seen
 * @param failures how many schedules deadlocked or threw
 * @param firstForbidden the first schedule that came to what must not be, if any did
 */
public record ScenarioReport(
    ScenarioFile scenario,
    String target,
    List<String> claims,
    List<SeenOutcome> seen,
    List<OutcomeRule> unseen,
    long failures,
    Optional<Execution<Outcome>> firstForbidden) {

  /** Copies the lists. */
  public ScenarioReport {
    claims = List.copyOf(claims);
    seen = List.copyOf(seen);
    unseen = List.copyOf(unseen);
  }

  /** Whether nothing was seen that must not be. */
  public boolean isConformant() {
    return firstForbidden.isEmpty();
  }

  /** Whether something was never seen without which the scenario shows nothing. */
  public boolean isUnverified() {
    return unseen.stream().anyMatch(rule -> rule.verdict() == OutcomeRule.Verdict.REQUIRED);
  }
}
