package org.iommuref.conformance.scenario;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.iommuref.conformance.scenario.OutcomeRule.Verdict;
import org.iommuref.conformance.target.BackendTarget;
import org.iommuref.conformance.target.SteppedTarget;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.Ending;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.explore.Explorer;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;

/** Explores a scenario over a target; steps of a mutant are mutated in the race alone. */
public final class ScenarioExploration {

  private static final Pattern CLAUSE = Pattern.compile("^([A-Z]+-[0-9]{3}): ");

  private final ScenarioFile scenario;
  private final String target;
  private final Explorer<Outcome> explorer;

  /**
   * An exploration at seam 2.
   *
   * @throws ScenarioException if the target does not claim what the scenario needs
   */
  public ScenarioExploration(ScenarioFile scenario, BackendTarget target) {
    this.scenario = scenario;
    this.target = target.name();
    this.explorer =
        Explorer.of(new PlayedScenario(scenario, target.backend()))
            .mutatedInRace(target.mutation());
    requireClaims(target);
  }

  /** An exploration at seam 3. */
  public ScenarioExploration(ScenarioFile scenario, SteppedTarget target) {
    this.scenario = scenario;
    this.target = target.name();
    this.explorer = Explorer.of(new PlayedIommufd(scenario, target.iommufd()));
  }

  /**
   * An exploration of the target of that name, at the seam of the scenario.
   *
   * @throws ScenarioException if the target does not claim what the scenario needs
   * @throws org.iommuref.conformance.target.UnknownTargetException if there is none at that seam
   */
  public static ScenarioExploration of(ScenarioFile scenario, Targets targets, String name) {
    return scenario.seam() == 3
        ? new ScenarioExploration(scenario, targets.iommufdNamed(name))
        : new ScenarioExploration(scenario, targets.backendNamed(name));
  }

  private void requireClaims(BackendTarget target) {
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
        .orElseGet(() -> named(execution.ending()).map(List::of).orElse(scenario.otherwise()));
  }

  /** The clause that what was thrown names, if it names one. */
  private static Optional<ClauseId> named(Ending<Outcome> ending) {
    Throwable cause = null;
    if (ending instanceof Ending.Thrown<Outcome> thrown) {
      cause = thrown.cause();
    } else if (ending instanceof Ending.Violated<Outcome> violated) {
      cause = violated.cause();
    }
    Matcher clause = CLAUSE.matcher(cause == null ? "" : String.valueOf(cause.getMessage()));
    return clause.find() ? Optional.of(ClauseId.parse(clause.group(1))) : Optional.empty();
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
        scenario, target, all.claims(), seen, unseen(seen), all.failures(), forbidden);
  }

  private List<OutcomeRule> unseen(List<SeenOutcome> seen) {
    return scenario.outcomes().stream()
        .filter(rule -> rule.verdict() != Verdict.FORBIDDEN)
        .filter(rule -> seen.stream().noneMatch(each -> rule.matches(each.outcome())))
        .toList();
  }
}
