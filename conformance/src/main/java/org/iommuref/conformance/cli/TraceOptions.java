package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.iommuref.conformance.trace.JudgedTraces;
import org.iommuref.conformance.trace.RejectedTrace;
import org.iommuref.conformance.trace.TraceReport;
import org.iommuref.conformance.trace.TraceValidation;
import org.iommuref.tla.Models;
import org.iommuref.tla.tlc.Tlc;
import org.iommuref.tla.trace.TraceCheck;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options of {@code check} by which it judges traces in place of configs. */
final class TraceOptions {

  private static final String FORM = "%-7s  %-36s  %6s  %8s  %s%n";

  @Option(
      names = "--traces",
      paramLabel = "N",
      description = {
        "Judges N traces of the VT-d driver under the explorer in place of configs,",
        "and a few of step mutants, which must be rejected."
      })
  private Optional<Integer> count = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the schedules whose traces are judged; 1 if not given.")
  private Optional<Long> seed = Optional.empty();

  /** Whether traces are to be judged. */
  boolean areWanted() {
    if (count.isEmpty() && seed.isPresent()) {
      throw new UserException("--seed goes with --traces");
    }
    return count.isPresent();
  }

  /** Judges traces by the one model that judges any, and returns the exit code. */
  int judge(List<String> models, CommandLine command) {
    requireAlone(command);
    for (String model : models) {
      if (!model.equals(TraceValidation.MODEL)) {
        throw new UserException(
            "'" + model + "' judges no traces; " + TraceValidation.MODEL + " does");
      }
    }
    int wanted = count.orElseThrow();
    if (wanted < 1) {
      throw new UserException("--traces wants a number from 1 on, not " + wanted);
    }
    PrintWriter out = command.getOut();
    out.printf(FORM, "", "driver", "traces", "accepted", "first rejected");
    TraceReport report =
        new TraceValidation(new TraceCheck(Models.load(), Tlc.find()))
            .run(wanted, seed.orElse(1L), judged -> row(out, judged, judged.isAsItShould(wanted)));
    out.println(report);
    out.flush();
    return report.isAsItShould() ? ExitCode.CONFORMANT : ExitCode.NOT_CONFORMANT;
  }

  private static void requireAlone(CommandLine command) {
    Stream.of("--fault", "--tier", "--simulate", "--workers")
        .filter(command.getParseResult()::hasMatchedOption)
        .findFirst()
        .ifPresent(
            option -> {
              throw new UserException("--traces judges traces, not configs: not with " + option);
            });
  }

  private static void row(PrintWriter out, JudgedTraces judged, boolean right) {
    String first = judged.rejected().isEmpty() ? "" : judged.rejected().get(0).toString();
    out.printf(
        FORM, right ? "ok" : "DIFFERS", judged.driver(), judged.traces(), judged.accepted(), first);
    if (!right && !judged.rejected().isEmpty()) {
      RejectedTrace rejected = judged.rejected().get(0);
      rejected.explained().forEach(line -> out.println("           " + line));
      rejected.verdict().event().ifPresent(event -> out.println("        -> " + event));
      out.println("         schedule " + rejected.schedule());
    }
    out.flush();
  }
}
