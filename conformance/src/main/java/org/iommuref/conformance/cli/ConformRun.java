package org.iommuref.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.iommuref.conformance.process.NoHelloException;
import org.iommuref.conformance.report.ConsoleReport;
import org.iommuref.conformance.report.Host;
import org.iommuref.conformance.report.KnownFailure;
import org.iommuref.conformance.report.ReportFolder;
import org.iommuref.conformance.report.RunFile;
import org.iommuref.conformance.report.RunReport;
import org.iommuref.conformance.report.TargetResult;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.clause.Catalogue;
import org.jspecify.annotations.Nullable;

/**
 * One run over several targets.
 *
 * <p>After each target its verdicts are printed and the report is written anew, so that what was
 * measured is there whatever happens to the next.
 */
final class ConformRun {

  private final Catalogue catalogue;
  private final RunReport.Settings settings;
  private final List<KnownFailure> known;
  private final ReportFolder folder;
  private final ConsoleReport console;
  private final Function<String, Progress> progress;
  private final PrintWriter errors;
  private final InstantSource clock = InstantSource.system();
  private @Nullable String problem;

  ConformRun(
      Catalogue catalogue,
      RunReport.Settings settings,
      List<KnownFailure> known,
      ReportFolder folder,
      ConsoleReport console,
      Function<String, Progress> progress,
      PrintWriter errors) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.known = known;
    this.folder = folder;
    this.console = console;
    this.progress = progress;
    this.errors = errors;
  }

  /** Judges the targets in order. */
  RunReport over(List<String> targets, TargetNames names, List<String> command) {
    Instant began = clock.instant();
    List<TargetResult> results = new ArrayList<>();
    List<RunFile.TargetTime> times = new ArrayList<>();
    RunReport report = new RunReport(settings, results);
    for (String target : targets) {
      Progress line = progress.apply(target);
      if (!line.goesOn()) {
        break;
      }
      Instant start = clock.instant();
      results.add(judge(target, names, line));
      times.add(new RunFile.TargetTime(target, Duration.between(start, clock.instant())));
      report = new RunReport(settings, results);
      console.print(report, results.size() - 1, folder);
      write(report, runFile(command, began, times));
    }
    return report;
  }

  /** Why the report could not be written in the end, in one line. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private TargetResult judge(String name, TargetNames names, Progress line) {
    try (Target target = names.open(name)) {
      Selection selection =
          Selection.all()
              .of(settings.clauses())
              .withSequences(settings.cases())
              .with(settings.caches())
              .at(settings.seam());
      List<KnownFailure> expected = known.stream().filter(entry -> entry.isOf(name)).toList();
      SuiteRunner runner =
          new SuiteRunner(catalogue, line)
              .withoutReductionOf(
                  expected.stream().map(KnownFailure::clause).collect(Collectors.toSet()));
      return new TargetResult.Judged(runner.run(target, selection, settings.seed()), expected);
    } catch (NoHelloException e) {
      return notJudged(name, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      TargetResult broken = notJudged(name, "the harness is broken: " + e);
      e.printStackTrace(errors);
      return broken;
    } finally {
      line.ended();
    }
  }

  private TargetResult notJudged(String name, String why) {
    errors.println("iommuref: " + why);
    return new TargetResult.NotJudged(name, why);
  }

  private RunFile runFile(List<String> command, Instant began, List<RunFile.TargetTime> times) {
    return new RunFile(
        command,
        Path.of("").toAbsolutePath(),
        folder.path().toAbsolutePath(),
        Host.here(),
        began,
        times);
  }

  private void write(RunReport report, RunFile runFile) {
    try {
      folder.write(report, runFile);
      problem = null;
    } catch (IOException e) {
      problem = "the report cannot be written: " + InOneLine.of(e);
    }
  }
}
