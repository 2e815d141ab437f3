package org.iommuref.conformance.kill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
 * wrong ones. A clause that fails on what the mutant is a copy of proves nothing.
 */
public final class KillMatrix {

  private final Targets targets;
  private final Selection selection;
  private final boolean full;
  private final SuiteRunner runner;
  private final Originals originals;

  /**
   * A matrix over the selected part of the suite; {@code full} runs all clauses for every mutant.
   */
  public KillMatrix(Catalogue catalogue, Targets targets, Selection selection, boolean full) {
    this.targets = targets;
    this.selection = selection;
    this.full = full;
    SuiteRunner whole = new SuiteRunner(catalogue, Progress.NONE).withoutReduction();
    this.runner = full ? whole : whole.untilAllFail();
    this.originals = new Originals(targets, whole);
  }

  private KillMatrix(KillMatrix whole, Set<ClauseId> leftOut) {
    this.targets = whole.targets;
    this.selection = whole.selection;
    this.full = whole.full;
    this.runner = whole.runner.withoutCasesOf(leftOut);
    this.originals = whole.originals;
  }

  /**
   * The same without the directed cases of these clauses: who misses them shows what they hold. The
   * originals are judged by all cases still.
   */
  public KillMatrix withoutCasesOf(Set<ClauseId> clauses) {
    return new KillMatrix(this, clauses);
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

  /** Runs one mutant. */
  public Kill run(Mutant mutant, long seed) {
    List<String> globs =
        full ? List.of() : mutant.violates().stream().map(ClauseId::toString).toList();
    try (Target target = targets.of(mutant)) {
      Selection part = selection.at(Targets.seamOf(mutant));
      Report report = runner.run(target, part.of(globs), seed);
      Set<ClauseId> inOriginal = originals.failing(mutant.base(), part, seed);
      List<ClauseId> killers = new ArrayList<>();
      List<String> harness = new ArrayList<>(report.harnessErrors());
      for (Failure failure : report.failures()) {
        if (inOriginal.contains(failure.clause())) {
          harness.add(mutant.base() + " itself fails " + failure.clause());
        } else {
          killers.add(failure.clause());
        }
      }
      return new Kill(mutant, killers, harness);
    }
  }

  /** What fails on the originals too; each is run once, however many mutants it has. */
  private static final class Originals {
    private final Targets targets;
    private final SuiteRunner runner;
    private final Map<String, Set<ClauseId>> failing = new HashMap<>();

    Originals(Targets targets, SuiteRunner runner) {
      this.targets = targets;
      this.runner = runner;
    }

    Set<ClauseId> failing(String name, Selection part, long seed) {
      return failing.computeIfAbsent(
          name + " " + part.seam() + " " + seed,
          key -> {
            try (Target target = targets.named(name, part.seam())) {
              return runner.run(target, part, seed).failures().stream()
                  .map(Failure::clause)
                  .collect(Collectors.toUnmodifiableSet());
            }
          });
    }
  }
}
