package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.tla.ConfigVerdict;
import org.iommuref.tla.CounterexampleTimeline;

/** What a config showed, told to a reader: what was wrong, which rule fell, and how. */
final class Counterexamples {

  private final Catalogue catalogue;
  private final PrintWriter out;

  Counterexamples(Catalogue catalogue, PrintWriter out) {
    this.catalogue = catalogue;
    this.out = out;
  }

  /** Tells it; nothing if the run has no counterexample. */
  void draw(ConfigVerdict verdict) {
    String timeline = CounterexampleTimeline.draw(verdict.model(), verdict.result());
    if (timeline.isEmpty()) {
      return;
    }
    out.println();
    String fault = verdict.config().fault().map(name -> ", fault " + name).orElse("");
    out.println(verdict.model().name() + fault + ": " + verdict.config().title() + ".");
    verdict.result().violated().ifPresent(name -> out.println("violated: " + name));
    verdict.clauses().forEach(id -> catalogue.find(id).ifPresent(this::clause));
    int steps = verdict.result().counterexample().size();
    out.println("after " + steps + " steps:");
    out.println();
    out.print(timeline);
    out.println();
  }

  private void clause(ClauseDefinition clause) {
    out.println("  " + clause.id() + "  " + clause.title());
    out.println("           " + clause.statement());
  }
}
