package org.iommuref.conformance.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.conformance.cases.Cases;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.clause.Citations;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.tla.Model;
import org.iommuref.tla.Models;

/**
 * All that speaks of clauses.
 *
 * @param catalogue the clauses
 * @param citations where Java and TLA+ cite them
 * @param cases the clause of each directed case, by the case's name
 * @param mutants the clauses that each mutant names, by its name
 * @param invariants {@code Model!Operator} for each property that a config of a model checks
 */
record Evidence(
    Catalogue catalogue,
    List<Citation> citations,
    Map<String, ClauseId> cases,
    Map<String, List<ClauseId>> mutants,
    List<String> invariants) {

  /** The modules whose builds write citations. */
  private static final List<String> MODULES =
      List.of("reference-model", "hw-backends", "tla", "conformance");

  /** What the build has on its class path. */
  static Evidence ofTheBuild() {
    Targets targets = Targets.onClassPath();
    Map<String, List<ClauseId>> mutants = new TreeMap<>();
    targets.mutants().forEach((name, mutant) -> mutants.put(name, mutant.violates()));
    return new Evidence(
        Catalogue.load(),
        Citations.load(Evidence.class.getClassLoader(), MODULES).all(),
        casesOf(targets),
        mutants,
        invariantsOf(Models.load()));
  }

  private static Map<String, ClauseId> casesOf(Targets targets) {
    Cases written = new Cases();
    Map<String, ClauseId> cases = new TreeMap<>();
    for (int seam : List.of(1, 2, 3)) {
      for (String name : targets.names(seam)) {
        try (Target target = targets.named(name, seam)) {
          for (Case one : written.directed(seam, target)) {
            cases.put(one.name(), one.clause());
          }
        }
      }
    }
    return cases;
  }

  private static List<String> invariantsOf(Models models) {
    List<String> invariants = new ArrayList<>();
    for (Model model : models.all()) {
      invariants.addAll(Properties.of(model));
    }
    return invariants;
  }
}
