package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.iommuref.conformance.scenario.Outcome;
import org.iommuref.conformance.scenario.ScenarioExploration;
import org.iommuref.conformance.scenario.ScenarioFile;
import org.iommuref.conformance.scenario.Search;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.Execution;
import org.iommuref.spec.clause.ClauseId;

/**
 * Explores the mutants that a scenario is to give away.
 *
 * @param search by what each is explored
 */
record MutantHunt(Targets targets, Function<ScenarioFile, Search> search, PrintWriter out) {

  /** Prints a line for each mutant, and returns how many survive. */
  int hunt(ScenarioFile file) {
    int survivors = 0;
    for (String name : file.kills()) {
      ScenarioExploration mutant = ScenarioExploration.of(file, targets, "mutant:" + name);
      Optional<Execution<Outcome>> found = mutant.find(search.apply(file));
      survivors += found.isPresent() ? 0 : 1;
      out.println("  " + name + ": " + found.map(f -> words(mutant, f)).orElse("SURVIVES"));
    }
    out.flush();
    return survivors;
  }

  private static String words(ScenarioExploration mutant, Execution<Outcome> found) {
    String clauses =
        mutant.violatedBy(found).stream().map(ClauseId::toString).collect(Collectors.joining(" "));
    return "found, " + clauses + ", schedule " + found.schedule();
  }
}
