package org.iommuref.conformance.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.iommuref.conformance.scenario.OutcomeRule.Verdict;
import org.iommuref.conformance.target.BackendTarget;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.explore.Explorer;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;

/** Explores a scenario over a target; steps of a mutant are mutated in the race alone. */
public final class ScenarioExploration {

  private final ScenarioFile scenario;
  private final BackendTarget target;
  private final Explorer<Outcome> explorer;

  /**
   * An exploration.
   *
   * @throws ScenarioException if the target does not claim what the scenario needs
   */
  public ScenarioExploration(ScenarioFile scenario, BackendTarget target) {
    this.scenario = scenario;
    this.target = target;
    this.explorer =
        Explorer.of(new PlayedScenario(scenario, target.backend()))
            .mutatedInRace(target.mutation());
    requireClaims();
  }

  private void requireClaims() {
    Set<Capability> claimed = EnumSet.noneOf(Capability.class);
    claimed.addAll(target.hwInfo().unit());
    claimed.addAll(target.hwInfo().stimulus());
    List<Capability> missing =
        scenario.needs().stream().filter(need -> !claimed.contains(need)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new ScenarioException(
          "scenario "
              + scenario.name()
              + " needs "
              + missing
              + ", which "
              + target.name()
              + " does not claim");
    }
  }

  /** Runs the stages of the search until one has come to what must not be. */
  public ScenarioReport run(Search search) {
    Seen seen = new Seen();
    for (Search.Stage stage : search.stages()) {
      seen.add(explorer.explore(stage.scheduler(), stage.most()), stage.alone());
      if (seen.failures() > 0 || seen.outcomes().keySet().stream().anyMatch(this::isForbidden)) {
        break;
      }
    }
    return report(seen);
  }

  /** The first schedule of a search that comes to what must not be; nothing is run after it. */
  public Optional<Execution<Outcome>> find(Search search) {
    List<Execution<Outcome>> found = new ArrayList<>();
    for (Search.Stage stage : search.stages()) {
      explorer.explore(
          stage.scheduler(),
          stage.most(),
          execution -> {
            if (isForbidden(execution)) {
              found.add(execution);
            }
            return found.isEmpty();
          });
      if (!found.isEmpty()) {
        break;
      }
    }
    return found.stream().findFirst();
  }

  /**
   * Runs one schedule again.
   *
   * @throws ScenarioException if it is not a schedule of this scenario over this target
   */
  public Execution<Outcome> replay(String schedule) {
    try {
      return explorer.replay(schedule);
    } catch (IllegalArgumentException e) {
      throw new ScenarioException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether a schedule came to what must not be. */
  public boolean isForbidden(Execution<Outcome> execution) {
    return execution.failed() || execution.outcome().map(this::isForbidden).orElse(false);
  }

  private boolean isForbidden(Outcome outcome) {
    return seen(outcome, 1, "").isForbidden();
  }

  /** The clauses that a schedule violates which came to what must not be. */
  public List<ClauseId> violatedBy(Execution<Outcome> execution) {
    return execution
        .outcome()
        .map(outcome -> seen(outcome, 1, "").clauses())
        .orElse(scenario.otherwise());
  }

  private SeenOutcome seen(Outcome outcome, long times, String schedule) {
    Optional<OutcomeRule> rule = ruleOf(outcome);
    List<ClauseId> clauses = rule.map(OutcomeRule::shows).orElse(scenario.otherwise());
    return new SeenOutcome(outcome, times, schedule, rule, clauses);
  }

  /** What the scenario says of an outcome; the forbidden ones come first. */
  private Optional<OutcomeRule> ruleOf(Outcome outcome) {
    return scenario.outcomes().stream()
        .filter(rule -> rule.verdict() == Verdict.FORBIDDEN && rule.matches(outcome))
        .findFirst()
        .or(() -> scenario.outcomes().stream().filter(r -> r.matches(outcome)).findFirst());
  }

  private ScenarioReport report(Seen all) {
    List<SeenOutcome> seen = new ArrayList<>();
    all.outcomes()
        .forEach(
            (outcome, times) -> seen.add(seen(outcome, times.times(), times.first().toString())));
    Optional<Execution<Outcome>> forbidden =
        seen.stream()
            .filter(SeenOutcome::isForbidden)
            .findFirst()
            .map(first -> replay(first.schedule()))
            .or(all::firstFailure);
    return new ScenarioReport(
        scenario, target.name(), all.claims(), seen, unseen(seen), all.failures(), forbidden);
  }

  private List<OutcomeRule> unseen(List<SeenOutcome> seen) {
    return scenario.outcomes().stream()
        .filter(rule -> rule.verdict() != Verdict.FORBIDDEN)
        .filter(rule -> seen.stream().noneMatch(each -> rule.matches(each.outcome())))
        .toList();
  }
}
