package org.iommuref.conformance.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.iommuref.conformance.spelling.Spelling;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Citations;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.WithdrawnClause;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.tla.Model;
import org.iommuref.tla.Models;

/** Explains what has an id: clauses, mutants, models and targets. */
public final class Explainer {

  private static final List<String> MODULES =
      List.of("reference-model", "hw-backends", "tla", "conformance");
  private static final String MUTANT = "mutant:";
  private static final int MOST_NEAREST = 3;

  private final Catalogue catalogue;
  private final Targets targets;
  private final Models models;
  private final Citations citations;

  private Explainer(Catalogue catalogue, Targets targets, Models models, Citations citations) {
    this.catalogue = catalogue;
    this.targets = targets;
    this.models = models;
    this.citations = citations;
  }

  /** An explainer of all that the class path brings. */
  public static Explainer onClassPath() {
    ClassLoader classPath = Explainer.class.getClassLoader();
    return new Explainer(
        Catalogue.load(), Targets.onClassPath(), Models.load(), Citations.load(classPath, MODULES));
  }

  /**
   * Everything tied to an id, as text whose lines end with {@code \n}.
   *
   * @param id of a clause, in capitals or not; the name of a mutant, with {@code mutant:} or
   *     without; of a model; or of a target
   * @return empty if there is no such id
   */
  public Optional<String> explain(String id) {
    return clause(id.toUpperCase(Locale.ROOT))
        .or(() -> mutant(id))
        .or(() -> model(id))
        .or(() -> target(id));
  }

  /** The ids that are most like one that does not exist, at most three. */
  public List<String> nearest(String id) {
    List<String> known = new ArrayList<>();
    catalogue.clauses().forEach(clause -> known.add(clause.id().toString()));
    models.all().forEach(model -> known.add(model.name()));
    known.addAll(targets.names());
    known.addAll(targets.mutants().keySet());
    String said = id.startsWith(MUTANT) ? id.substring(MUTANT.length()) : id;
    return Spelling.nearest(said, known, MOST_NEAREST);
  }

  private Optional<String> clause(String id) {
    return catalogue.clauses().stream()
        .filter(clause -> clause.id().toString().equals(id))
        .map(clause -> new ClausePage(catalogue, targets, citations).of(clause))
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
    Mutant mutant = targets.mutants().get(name);
    return Optional.ofNullable(mutant).map(known -> MutantPage.of(known, catalogue));
  }

  private Optional<String> model(String id) {
    return models.all().stream()
        .filter(model -> model.name().equals(id))
        .map((Model model) -> new ModelPage(models, catalogue).of(model))
        .findFirst();
  }

  private Optional<String> target(String id) {
    return targets.names().contains(id)
        ? Optional.of(TargetPage.of(targets.named(id), targets, catalogue))
        : Optional.empty();
  }
}
