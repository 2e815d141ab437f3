package org.iommuref.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.iommuref.conformance.process.NoHelloException;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.FailureFile;
import org.iommuref.conformance.report.MalformedFileException;
import org.iommuref.conformance.report.Words;
import org.iommuref.conformance.suite.Replay;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Executes one failure again, step by step: 1 if it fails again, 0 if it does not any more. */
@Command(
    name = "replay",
    description = "Executes one failure again, step by step: 1 if it fails again, 0 if not.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A file of a report's folder failures/.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    FailureFile read = read();
    Failure failure = read.failure();
    ClauseDefinition clause = clauseOf(failure);
    TargetNames names =
        TargetNames.onClassPath(read.validate()).at(failure.session().layer().seam());
    names.require(failure.target());
    try (Target target = names.open(failure.target())) {
      return print(clause, failure, Replay.of(failure, target));
    } catch (NoHelloException e) {
      spec.commandLine().getErr().println("iommuref: " + e.getMessage());
      return ExitCode.BROKEN;
    }
  }

  private FailureFile read() {
    try {
      return FailureFile.read(Files.readString(file));
    } catch (MalformedFileException e) {
      throw new UserException(file + ": not a replay file: " + e.getMessage());
    } catch (IOException e) {
      throw new UserException("cannot read the replay file: " + InOneLine.of(e));
    }
  }

  private ClauseDefinition clauseOf(Failure failure) {
    try {
      return Catalogue.load().cited(failure.clause().toString());
    } catch (IllegalArgumentException e) {
      throw new UserException(file + ": " + e.getMessage());
    }
  }

  private int print(ClauseDefinition clause, Failure failure, Replay replay) {
    PrintWriter out = spec.commandLine().getOut();
    if (replay.problem().isPresent()) {
      throw new UserException(file + ": " + replay.problem().get());
    }
    out.println(clause.id() + "  " + clause.title());
    out.println("  rule: " + clause.statement());
    out.printf(
        "  target %s, %s caches, session seed 0x%x%n",
        failure.target(),
        failure.session().caches().name().toLowerCase(Locale.ROOT),
        failure.session().seed());
    lines(replay).forEach(line -> out.println("    " + line));
    int exit = conclude(out, clause.id(), failure, replay);
    out.flush();
    return exit;
  }

  private static List<String> lines(Replay replay) {
    List<List<String>> rows = new ArrayList<>();
    for (Replay.Step step : replay.steps()) {
      List<String> parts = Words.partsOf(step.operation());
      rows.add(
          List.of(
              Integer.toString(rows.size() + 1),
              parts.get(0),
              String.join("  ", parts.subList(1, parts.size())),
              step.answer(),
              (step.allowed() ? "allowed: " : "NOT ALLOWED; allowed: ") + step.expected()));
    }
    return Columns.of(rows);
  }

  private static int conclude(PrintWriter out, ClauseId clause, Failure failure, Replay replay) {
    if (replay.failed().isEmpty()) {
      out.println(clause + " does not fail any more");
      return ExitCode.CONFORMANT;
    }
    Replay.Step last = replay.steps().get(replay.steps().size() - 1);
    out.println("  why: " + last.why());
    ClauseId failed = replay.failed().get();
    if (!failed.equals(clause)) {
      out.println(clause + " does not fail any more, but " + failed + " does");
    } else if (answers(replay).equals(failure.answers())) {
      out.println("reproduced: " + clause + " fails again, with the same answers");
    } else {
      out.println("reproduced: " + clause + " fails again, with other answers");
    }
    return ExitCode.NOT_CONFORMANT;
  }

  private static List<String> answers(Replay replay) {
    return replay.steps().stream().map(Replay.Step::answer).toList();
  }
}
