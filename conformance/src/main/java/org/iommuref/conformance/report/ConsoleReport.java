package org.iommuref.conformance.report;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.clause.Catalogue;

/** A report on the console: a summary line for each target, and what did not pass below it. */
public final class ConsoleReport {

  private static final List<Verdict> ALWAYS_COUNTED = List.of(Verdict.PASS, Verdict.FAIL);

  private final PrintWriter out;
  private final Catalogue catalogue;

  /** A report whose clauses are quoted from the catalogue. */
  public ConsoleReport(PrintWriter out, Catalogue catalogue) {
    this.out = out;
    this.catalogue = catalogue;
  }

  /**
   * Prints what was found about one target of a run, if it could be judged; {@code folder} is where
   * its replay files lie.
   */
  public void print(RunReport run, int target, ReportFolder folder) {
    if (run.targets().get(target) instanceof TargetResult.Judged judged) {
      summary(judged);
      judged.report().harnessErrors().forEach(line -> out.println("  harness: " + line));
      unverified(judged.report());
      known(judged);
      List<Failure> failures =
          judged.report().failures().stream()
              .filter(failure -> judged.known(failure.clause()).isEmpty())
              .toList();
      for (Failure failure : failures) {
        out.println();
        failure(failure, folder.path().resolve(run.replayFile(target, failure)));
      }
      out.print(failures.isEmpty() ? "" : System.lineSeparator());
    }
    out.flush();
  }

  private void summary(TargetResult.Judged judged) {
    Report report = judged.report();
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = report.count(verdict);
      if (count > 0 || ALWAYS_COUNTED.contains(verdict)) {
        counts.add(count + " " + verdict.word());
      }
    }
    out.printf(
        "%s: %s: %s (%d cases, %d operations)%n",
        judged.target(),
        outcome(judged.exitCode()),
        String.join(", ", counts),
        report.cases(),
        report.operations());
  }

  private static String outcome(int exit) {
    return switch (exit) {
      case Exit.CONFORMANT -> "conformant";
      case Exit.NOT_CONFORMANT -> "NOT CONFORMANT";
      case Exit.UNVERIFIED -> "unverified";
      default -> "broken harness";
    };
  }

  private void failure(Failure failure, Path replayFile) {
    FailureText.lines(failure, catalogue).forEach(out::println);
    out.println("  again:   " + replayCommand(replayFile));
  }

  private static String replayCommand(Path file) {
    String text = file.toString();
    return "./iommuref replay " + (text.matches("[\\w./@%+=:,-]+") ? text : "'" + text + "'");
  }

  private void known(TargetResult.Judged judged) {
    for (KnownFailure entry : judged.known()) {
      String problem = entry.problem(judged.report()).orElse("");
      out.println(
          problem.isEmpty()
              ? "  " + entry.clause() + " known: " + entry.seen()
              : "  " + entry.clause() + " " + problem);
    }
  }

  private void unverified(Report report) {
    if (report.count(Verdict.PASS) == 0 && report.failures().isEmpty()) {
      out.println("  no clause passed");
    }
    for (ClauseVerdict one : report.verdicts()) {
      if (one.verdict() == Verdict.UNVERIFIED) {
        out.printf("  %s unverified: %s (%s)%n", one.clause(), one.reason(), one.title());
      }
    }
  }
}
