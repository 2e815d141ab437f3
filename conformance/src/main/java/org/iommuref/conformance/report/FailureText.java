package org.iommuref.conformance.report;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.clause.Catalogue;

/** A failure as its reader meets it: the rule, the shortest sequence, what was allowed and why. */
public final class FailureText {

  private static final String HEADING = "%-9s %-60s FAIL  %s";

  private FailureText() {}

  /** Its lines; the first names clause and target. */
  public static List<String> lines(Failure failure, Catalogue catalogue) {
    return lines(failure, catalogue.cited(failure.clause().toString()).statement());
  }

  /** The same, where the clause is stated by {@code rule}. */
  static List<String> lines(Failure failure, String rule) {
    List<String> lines = new ArrayList<>();
    lines.add(HEADING.formatted(failure.clause(), failure.title(), failure.target()));
    lines.add("  rule: " + rule);
    lines.add("  " + howFound(failure) + ":");
    new StepTable(failure).lines().forEach(line -> lines.add("    " + line));
    lines.add("  allowed: " + failure.expected());
    lines.add("  seen:    " + failure.seen());
    lines.add("  why:     " + failure.why());
    return lines;
  }

  /** How long the sequence is, and how it was found. */
  static String howFound(Failure failure) {
    int steps = failure.steps().size();
    return String.format(
        "after %d %s (%s, seed %d, case '%s')",
        steps,
        steps == 1 ? "operation" : "operations",
        howFar(failure),
        failure.seed(),
        failure.caseName());
  }

  private static String howFar(Failure failure) {
    if (failure.minimal()) {
      return "1-minimal";
    }
    return failure.executions() == 0
        ? "not minimal: as it was found"
        : "not minimal: reduced no further, its budget of "
            + failure.executions()
            + " runs is spent";
  }
}
