package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.iommuref.tla.ConfigVerdict;
import org.iommuref.tla.ModelConfig;
import org.iommuref.tla.Models;
import org.iommuref.tla.tlc.TlcOutcome;
import org.iommuref.tla.tlc.TlcResult;

/** A row for each config that TLC has run, in the order in which they end. */
final class CheckTable {

  private final PrintWriter out;
  private final String form;
  private boolean begun;

  private CheckTable(PrintWriter out, int configWidth, int resultWidth) {
    this.out = out;
    this.form = "%-7s  %-" + configWidth + "s  %9s  %5s  %-" + resultWidth + "s  %s%n";
  }

  /** A table that is wide enough for every config of these models. */
  static CheckTable of(Models models, PrintWriter out) {
    var configs = models.all().stream().flatMap(model -> model.configs().stream()).toList();
    int name = configs.stream().mapToInt(config -> config.name().length()).max().orElse(0);
    int result = configs.stream().mapToInt(config -> expected(config).length()).max().orElse(0);
    return new CheckTable(out, name, result);
  }

  void row(ConfigVerdict verdict) {
    if (!begun) {
      out.printf(form, "", "config", "states", "depth", "expected", "found");
      begun = true;
    }
    TlcResult result = verdict.result();
    String expected = expected(verdict.config());
    String found = inWords(result.outcome(), result.violated());
    out.printf(
        form,
        verdict.agrees() ? "ok" : "DIFFERS",
        verdict.config().name(),
        result.distinctStates().isPresent() ? result.distinctStates().getAsLong() : "-",
        result.depth().isPresent() ? result.depth().getAsInt() : "-",
        expected,
        found.equals(expected) ? "the same" : found);
    verdict.deviations().forEach(deviation -> out.println("         " + deviation));
    out.flush();
  }

  private static String expected(ModelConfig config) {
    return inWords(config.expected(), config.violated());
  }

  private static String inWords(TlcOutcome outcome, Optional<String> violated) {
    return violated.map(name -> "violates " + name).orElse(outcome.toString());
  }
}
