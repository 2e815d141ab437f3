package org.iommuref.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.iommuref.conformance.compare.Comparison;
import org.iommuref.conformance.linux.LinuxTargets;
import org.iommuref.conformance.program.RestartedMachine;
import org.iommuref.conformance.qemu.QemuProgram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Makes random sequences of system calls on the model and on a real Linux: 0 if every answer is the
 * same, 1 if one differs, 2 if Linux is not there.
 */
@Command(
    name = "compare",
    description = "Makes the same random system calls on the model and on a real Linux.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

  /** Enough for every sequence so far; a longer reduction says that it is not minimal. */
  private static final int EXECUTIONS = 2000;

  @Option(
      names = "--target",
      paramLabel = "T",
      description = "linux, built from Debian's source, or linux:IMAGE for another kernel.")
  private String target = LinuxTargets.NAME;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the first sequence, 1 if not given; the next has the next.")
  private long seed = 1;

  @Option(names = "--sequences", paramLabel = "N", description = "How many; 1000 if not given.")
  private int sequences = 1000;

  @Option(
      names = "--call",
      paramLabel = "GLOB",
      description = "Only commands of such names, as 'IOMMU_IOAS_*'; all if none is given.")
  private List<String> globs = List.of();

  @Option(
      names = "--qemu",
      paramLabel = "PATH",
      description =
          "The program of QEMU. Default: the variable " + QemuProgram.VARIABLE + ", then the PATH.")
  private @Nullable Path qemu;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!LinuxTargets.isNameOf(target)) {
      throw new UserException("--target wants linux or linux:IMAGE, not " + target);
    }
    if (sequences < 1) {
      throw new UserException("--sequences wants a number from 1 on, not " + sequences);
    }
    Path home = Path.of(System.getProperty("iommuref.home", ""));
    RestartedMachine linux = new LinuxTargets(home, qemu).machine(target);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("seeds %d to %d%n", seed, seed + sequences - 1);
    try (Comparison comparison = new Comparison(linux, wanted(), EXECUTIONS, out)) {
      comparison.run(seed, sequences);
      comparison.kinds().forEach((kind, count) -> out.printf("%6d  %s%n", count, kind));
      out.printf(
          "%d ioctls in %d sequences, %d succeeded; %d sequences differ%n",
          comparison.ioctls(), sequences, comparison.succeeded(), comparison.differing());
      out.flush();
      return comparison.differing() == 0 ? ExitCode.CONFORMANT : ExitCode.NOT_CONFORMANT;
    }
  }

  private Predicate<String> wanted() {
    List<Pattern> patterns =
        globs.stream()
            .map(glob -> Pattern.compile(("\\Q" + glob + "\\E").replace("*", "\\E.*\\Q")))
            .toList();
    return name -> patterns.isEmpty() || patterns.stream().anyMatch(p -> p.matcher(name).matches());
  }
}
