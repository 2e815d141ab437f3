package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.iommuref.conformance.doctor.Diagnosis;
import org.iommuref.conformance.doctor.Doctor;
import org.iommuref.conformance.doctor.Finding;
import org.iommuref.conformance.process.NoHelloException;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.process.ProcessTarget;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Says what is wrong with an adapter before the suite does: 0 if nothing is, 1 if something is, 70
 * if there was no hello.
 */
@Command(
    name = "doctor",
    description = "Says what is wrong with an adapter before the suite does.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--target",
      paramLabel = "T",
      required = true,
      description = "What is examined: exec:<command>, or a name that 'list targets' shows.")
  private String target = "";

  @Option(
      names = "--seam",
      paramLabel = "N",
      description = "The seam that it stands at: 1, 2 or 3. Default: ${DEFAULT-VALUE}.")
  private int seam = SuiteRunner.SEAM;

  @Spec private CommandSpec spec;

  private final ProcessOptions processes;

  DoctorCommand(ProcessOptions processes) {
    this.processes = processes;
  }

  @Override
  public Integer call() throws NoHelloException {
    PrintWriter out = spec.commandLine().getOut();
    Diagnosis diagnosis = examine();
    for (Finding finding : diagnosis.findings()) {
      out.printf("%-8s %s%n", finding.weight().name().toLowerCase(Locale.ROOT), finding.sentence());
    }
    int problems = diagnosis.sentences(Finding.Weight.PROBLEM).size();
    out.println(
        problems == 0
            ? "nothing is wrong; next: ./iommuref conform "
                + (seam == SuiteRunner.SEAM ? "" : "--seam " + seam + " ")
                + "--target "
                + quoted(target)
            : problems + (problems == 1 ? " problem" : " problems"));
    out.flush();
    return diagnosis.exitCode();
  }

  private Diagnosis examine() throws NoHelloException {
    if (Arrays.stream(Layer.values()).noneMatch(layer -> layer.seam() == seam)) {
      throw new UserException(
          "there is nothing to examine at seam " + seam + "; there is at 1, 2 and 3");
    }
    if (target.startsWith(ProcessTarget.PREFIX)) {
      String command = target.substring(ProcessTarget.PREFIX.length());
      try {
        return Doctor.examine(command, seam, processes);
      } catch (IllegalArgumentException e) {
        throw new UserException("--target " + target + ": " + e.getMessage());
      }
    }
    TargetNames names = TargetNames.onClassPath(processes).at(seam);
    names.require(target);
    try (Target opened = names.open(target)) {
      return Doctor.examine(opened, seam);
    }
  }

  private static String quoted(String name) {
    return name.matches("[\\w:.-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }
}
