package org.iommuref.conformance.kill;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.Level;
import org.iommuref.spec.spi.Mutant;

/** The kill matrix of the class path; each mutant is run once. */
final class Matrix {

  static final long SEED = 1;
  static final Catalogue CATALOGUE = Catalogue.load();
  static final Targets TARGETS = Targets.onClassPath();

  private static final KillMatrix MATRIX =
      new KillMatrix(CATALOGUE, TARGETS, Selection.all(), false);
  private static final Map<String, Kill> KILLS = new HashMap<>();

  private Matrix() {}

  static Collection<Mutant> mutants() {
    return TARGETS.mutants().values();
  }

  static Kill of(Mutant mutant) {
    return KILLS.computeIfAbsent(mutant.name(), name -> MATRIX.run(mutant, SEED));
  }

  static Kill withoutCasesOf(ClauseId clause, Mutant mutant) {
    return MATRIX.withoutCasesOf(Set.of(clause)).run(mutant, SEED);
  }

  /** The clauses that must hold and that a case decides on every run. */
  static List<ClauseId> testedMust() {
    return CATALOGUE.clauses().stream()
        .filter(clause -> clause.check() == Check.TESTED && clause.level() == Level.MUST)
        .map(ClauseDefinition::id)
        .toList();
  }

  static List<Mutant> naming(ClauseId clause) {
    return mutants().stream().filter(mutant -> mutant.violates().contains(clause)).toList();
  }
}
