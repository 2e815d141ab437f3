package org.iommuref.conformance.kill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;

/**
 * Mutant by clause: each mutant is run against the clauses that it names, or against all of them.
 *
 * <p>A mutant that survives is a hole of the suite; one that dies by other clauses alone names the
 * wrong ones.
 */
public final class KillMatrix {

  private final Catalogue catalogue;
  private final Targets targets;
  private final Selection selection;
  private final boolean full;

  /**
   * A matrix over the selected part of the suite; {@code full} runs all clauses for every mutant.
   */
  public KillMatrix(Catalogue catalogue, Targets targets, Selection selection, boolean full) {
    this.catalogue = catalogue;
    this.targets = targets;
    this.selection = selection;
    this.full = full;
  }

  /** Runs the mutants in order; {@code each} hears of every one as it ends. */
  public List<Kill> run(Collection<Mutant> mutants, long seed, Consumer<Kill> each) {
    List<Kill> kills = new ArrayList<>();
    for (Mutant mutant : mutants) {
      Kill kill = run(mutant, seed);
      kills.add(kill);
      each.accept(kill);
    }
    return kills;
  }

  private Kill run(Mutant mutant, long seed) {
    List<String> globs =
        full ? List.of() : mutant.violates().stream().map(ClauseId::toString).toList();
    SuiteRunner runner = new SuiteRunner(catalogue, Progress.NONE).withoutReduction();
    try (Target target = targets.of(mutant)) {
      Report report = runner.run(target, selection.of(globs), seed);
      List<ClauseId> killers = report.failures().stream().map(Failure::clause).toList();
      return new Kill(mutant, killers, report.harnessErrors());
    }
  }
}
