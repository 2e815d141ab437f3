package org.iommuref.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.qemu.QemuProgram;
import org.iommuref.conformance.report.ConsoleReport;
import org.iommuref.conformance.report.KnownFailure;
import org.iommuref.conformance.report.KnownFailures;
import org.iommuref.conformance.report.MalformedFileException;
import org.iommuref.conformance.report.ReportFolder;
import org.iommuref.conformance.report.ReportJson;
import org.iommuref.conformance.report.RunReport;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.CachePolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the suite on targets, prints the verdicts and writes the report. */
@Command(
    name = "conform",
    description = "Runs the conformance suite and writes a report.",
    mixinStandardHelpOptions = true)
final class ConformCommand implements Callable<Integer> {

  private static final List<Integer> SEAMS = List.of(1, 2, 3);

  @Option(
      names = "--target",
      paramLabel = "T",
      description =
          "What is judged: a name that 'list targets' shows, mutant:<name>, qemu:<iommu>,"
              + " linux:<image>, or exec:<command>. May be given more than once. Default: our"
              + " architectures.")
  private List<String> targets = List.of();

  @Option(
      names = "--seam",
      paramLabel = "N",
      description =
          "The seam of the suite: 1 units, 2 drivers and the IOMMU core, 3 iommufd."
              + " Default: ${DEFAULT-VALUE}.")
  private int seam = SuiteRunner.SEAM;

  @Option(
      names = "--clause",
      paramLabel = "GLOB",
      description = "Clauses to judge, as INV-*. May be given more than once. Default: all.")
  private List<String> clauses = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of everything that is generated. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--cases",
      paramLabel = "N",
      description = "How many cases are generated, at seam 2. Default: ${DEFAULT-VALUE}.")
  private int cases = Selection.all().sequences();

  @Option(
      names = "--caches",
      paramLabel = "POLICY",
      description = "How our caches behave: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private CachePolicy caches = CachePolicy.ADVERSARIAL;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "The folder of the report. Default: ${DEFAULT-VALUE}.")
  private Path report = Path.of("report");

  @Option(
      names = "--known",
      paramLabel = "FILE",
      description =
          "Failures that are expected: a YAML list of clause, seen, says, source, confidence;"
              + " target and seam limit an entry.")
  private @Nullable Path known;

  @Option(
      names = "--qemu",
      paramLabel = "PATH",
      description =
          "The program of QEMU for qemu: and linux targets. Default: the variable "
              + QemuProgram.VARIABLE
              + ", then the PATH.")
  private @Nullable Path qemu;

  @Option(
      names = "--validate",
      description = "Holds every message of an exec: target against its schema.")
  private boolean validate;

  @Spec private CommandSpec spec;

  private final ProcessOptions processes;

  ConformCommand(ProcessOptions processes) {
    this.processes = processes;
  }

  @Override
  public Integer call() {
    Catalogue catalogue = Catalogue.load();
    checkOptions(catalogue);
    TargetNames names =
        TargetNames.onClassPath(validate ? processes.validating() : processes)
            .withQemu(qemu)
            .at(seam);
    List<String> chosen = targets.isEmpty() ? names.architectures() : targets;
    chosen.forEach(names::require);
    List<KnownFailure> expected = knownFailures(catalogue, chosen);
    requireFolder();
    try (Interruption interruption = Interruption.awaited()) {
      return judge(catalogue, names, chosen, expected, interruption);
    }
  }

  private int judge(
      Catalogue catalogue,
      TargetNames names,
      List<String> chosen,
      List<KnownFailure> expected,
      Interruption interruption) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Function<String, Progress> progress = Terminal.progressOn(out);
    ConformRun run =
        new ConformRun(
            catalogue,
            new RunReport.Settings(seam, clauses, seed, cases, caches, validate),
            expected,
            new ReportFolder(report, new ReportJson(catalogue)),
            new ConsoleReport(out, catalogue),
            target -> interruption.over(progress.apply(target)),
            err);
    RunReport found = run.over(chosen, names, spec.commandLine().getParseResult().originalArgs());
    if (run.problem().isPresent()) {
      err.println("iommuref: " + run.problem().get());
      return ExitCode.BROKEN;
    }
    out.println("report: " + report.resolve("report.html"));
    out.flush();
    return found.exitCode();
  }

  private void checkOptions(Catalogue catalogue) {
    if (!SEAMS.contains(seam)) {
      throw usage("there is no suite at seam " + seam + "; there are those of 1, 2 and 3");
    }
    if (cases < 0) {
      throw usage("--cases must not be negative");
    }
    for (String glob : clauses) {
      Selection alone = Selection.all().of(List.of(glob));
      List<ClauseId> matching =
          catalogue.clauses().stream().map(ClauseDefinition::id).filter(alone::includes).toList();
      if (matching.isEmpty()) {
        throw usage("no clause matches '" + glob + "'; see ./iommuref list clauses");
      }
      if (matching.stream().noneMatch(clause -> catalogue.isShownAt(clause, seam))) {
        throw usage("no clause of seam " + seam + " matches '" + glob + "'");
      }
    }
    if (Files.exists(report) && !Files.isDirectory(report)) {
      throw usage("the report folder '" + report + "' is a file");
    }
  }

  /** A run can take minutes, so what cannot be written in the end is refused at once. */
  private void requireFolder() {
    try {
      Files.createDirectories(report);
    } catch (IOException e) {
      throw usage("the report folder cannot be made: " + InOneLine.of(e));
    }
    if (!Files.isWritable(report)) {
      throw usage("the report folder '" + report + "' cannot be written to");
    }
  }

  /** Every entry is of a target that is judged: one that is not would never be missed. */
  private List<KnownFailure> knownFailures(Catalogue catalogue, List<String> chosen) {
    if (known == null) {
      return List.of();
    }
    List<KnownFailure> entries;
    try {
      entries = KnownFailures.read(known, catalogue);
    } catch (MalformedFileException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
    entries = entries.stream().filter(entry -> entry.isAt(seam)).toList();
    for (KnownFailure entry : entries) {
      if (chosen.stream().noneMatch(entry::isOf)) {
        throw usage(
            known + ": " + entry.clause() + " is of '" + entry.target() + "', which is not judged");
      }
    }
    return entries;
  }

  private static UserException usage(String line) {
    return new UserException(line);
  }
}
