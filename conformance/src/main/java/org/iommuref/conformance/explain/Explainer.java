package org.iommuref.conformance.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.iommuref.conformance.linux.LinuxTargets;
import org.iommuref.conformance.scenario.Races;
import org.iommuref.conformance.scenario.ScenarioFile;
import org.iommuref.conformance.scenario.ScenarioLibrary;
import org.iommuref.conformance.spelling.Spelling;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Citations;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.WithdrawnClause;
import org.iommuref.tla.Model;
import org.iommuref.tla.Models;

/** Explains what has an id: clauses, mutants, models, scenarios, races and targets. */
public final class Explainer {

  private static final List<String> MODULES =
      List.of("reference-model", "hw-backends", "tla", "conformance");
  private static final String MUTANT = "mutant:";
  private static final int MOST_NEAREST = 3;

  private final Catalogue catalogue;
  private final Targets targets;
  private final Models models;
  private final List<ScenarioFile> scenarios;
  private final Citations citations;

  private Explainer(
      Catalogue catalogue,
      Targets targets,
      Models models,
      List<ScenarioFile> scenarios,
      Citations citations) {
    this.catalogue = catalogue;
    this.targets = targets;
    this.models = models;
    this.scenarios = scenarios;
    this.citations = citations;
  }

  /** An explainer of all that the class path brings. */
  public static Explainer onClassPath() {
    ClassLoader classPath = Explainer.class.getClassLoader();
    Catalogue catalogue = Catalogue.load();
    return new Explainer(
        catalogue,
        Targets.onClassPath(),
        Models.load(),
        new ScenarioLibrary(catalogue).all(),
        Citations.load(classPath, MODULES));
  }

  /**
   * Everything tied to an id, as text whose lines end with {@code \n}.
   *
   * @param id of a clause, in capitals or not; the name of a mutant, with {@code mutant:} or
   *     without; of a model, a scenario, a race or a target
   * @return empty if there is no such id
   */
  public Optional<String> explain(String id) {
    return clause(id.toUpperCase(Locale.ROOT))
        .or(() -> mutant(id))
        .or(() -> model(id))
        .or(() -> scenario(id))
        .or(() -> race(id.toUpperCase(Locale.ROOT)))
        .or(() -> target(id));
  }

  /** The ids that are most like one that does not exist, at most three. */
  public List<String> nearest(String id) {
    List<String> known = new ArrayList<>();
    catalogue.clauses().forEach(clause -> known.add(clause.id().toString()));
    models.all().forEach(model -> known.add(model.name()));
    for (Layer layer : Layer.values()) {
      known.addAll(targets.names(layer.seam()));
    }
    known.add(LinuxTargets.NAME);
    known.addAll(targets.mutants().keySet());
    known.addAll(targets.raceMutants().keySet());
    scenarios.forEach(scenario -> known.add(scenario.name()));
    String said = id.startsWith(MUTANT) ? id.substring(MUTANT.length()) : id;
    return Spelling.nearest(said, known, MOST_NEAREST);
  }

  private Optional<String> clause(String id) {
    return catalogue.clauses().stream()
        .filter(clause -> clause.id().toString().equals(id))
        .map(clause -> new ClausePage(catalogue, targets, scenarios, citations).of(clause))
        .findFirst()
        .or(() -> withdrawn(id));
  }

  private Optional<String> withdrawn(String id) {
    return catalogue.withdrawn().stream()
        .filter(clause -> clause.id().toString().equals(id))
        .map(Explainer::withdrawn)
        .findFirst();
  }

  private static String withdrawn(WithdrawnClause clause) {
    String successor =
        clause.successor().map(ClauseId::toString).map(next -> "; see " + next).orElse("");
    return clause.id() + "  was withdrawn" + successor + "\n";
  }

  private Optional<String> mutant(String id) {
    String name = id.startsWith(MUTANT) ? id.substring(MUTANT.length()) : id;
    boolean bySuite = targets.mutants().containsKey(name);
    return targets.mutant(name).map(known -> MutantPage.of(known, bySuite, scenarios, catalogue));
  }

  private Optional<String> scenario(String id) {
    return scenarios.stream()
        .filter(scenario -> scenario.name().equals(id))
        .map(scenario -> ScenarioPage.of(scenario, targets))
        .findFirst();
  }

  private Optional<String> race(String id) {
    return Races.load(catalogue, targets).all().stream()
        .filter(race -> race.id().toString().equals(id))
        .map(race -> RacePage.of(race, targets, catalogue))
        .findFirst();
  }

  private Optional<String> model(String id) {
    return models.all().stream()
        .filter(model -> model.name().equals(id))
        .map((Model model) -> new ModelPage(models, catalogue).of(model))
        .findFirst();
  }

  private Optional<String> target(String id) {
    if (id.equals(LinuxTargets.NAME)) {
      int seam = Layer.IOMMUFD.seam();
      return Optional.of(
          TargetPage.of(
              id,
              LinuxTargets.TITLE,
              List.of(seam),
              seam,
              LinuxTargets.claims(),
              targets,
              catalogue));
    }
    List<Integer> seams = targets.seamsOf(id);
    if (seams.isEmpty()) {
      return Optional.empty();
    }
    int claimed = seams.contains(SuiteRunner.SEAM) ? SuiteRunner.SEAM : seams.get(0);
    Target target = targets.named(id, claimed);
    return Optional.of(
        TargetPage.of(id, target.title(), seams, claimed, target.hwInfo(), targets, catalogue));
  }
}
