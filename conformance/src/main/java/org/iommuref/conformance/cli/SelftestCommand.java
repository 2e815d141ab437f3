package org.iommuref.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.iommuref.conformance.linux.LinuxCache;
import org.iommuref.conformance.linux.SelfTest;
import org.iommuref.conformance.linux.SelfTest.Outcome;
import org.iommuref.conformance.linux.SelfTest.Program;
import org.iommuref.conformance.linux.TestVerdicts;
import org.iommuref.conformance.linux.TestVerdicts.Verdict;
import org.iommuref.model.iommufd.ModelKernel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the kernel's own self-test of iommufd on the model: 0 if every case ends as on Linux, 1 if
 * one does not, 2 if what is needed is not there.
 */
@Command(
    name = "selftest",
    description = "Runs Linux's self-test of iommufd on the model, beside its result on Linux.",
    mixinStandardHelpOptions = true)
final class SelftestCommand implements Callable<Integer> {

  private static final Verdict NONE = new Verdict("no result", "");

  @Option(
      names = "--case",
      paramLabel = "GLOB",
      description = "Cases with such a name alone, as 'iommufd_ioas.*.area'.")
  private List<String> globs = List.of();

  @Option(names = "--fail-nth", description = "Only the program that injects failures.")
  private boolean failNth;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "When a program is stopped; each case has 30 seconds of its own.")
  private int deadline = 1200;

  @Option(names = "--log", paramLabel = "FILE", description = "Keeps every message in a file.")
  private Optional<Path> log = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (deadline < 1) {
      throw new UserException("--deadline wants a number from 1 on, not " + deadline);
    }
    Path home = Path.of(System.getProperty("iommuref.home", ""));
    LinuxCache cache = LinuxCache.with(home, List.of("selftest", "shim", "verdicts"));
    boolean alike = true;
    boolean any = false;
    try (PrintWriter file = log.isPresent() ? writer(log.get()) : null) {
      Consumer<String> lines = file == null ? line -> {} : file::println;
      SelfTest test = new SelfTest(cache, ModelKernel::ofMock, lines);
      for (Program program : failNth ? List.of(Program.FAIL_NTH) : List.of(Program.values())) {
        Map<String, Verdict> onLinux = cache.onLinux(program).cases();
        List<String> wanted = onLinux.keySet().stream().filter(this::isWanted).toList();
        any |= !wanted.isEmpty();
        if (!wanted.isEmpty()) {
          List<String> named = wanted.size() == onLinux.size() ? List.of() : wanted;
          Outcome outcome = test.run(program, named, Duration.ofSeconds(deadline));
          alike &= compare(program, outcome, onLinux, wanted);
        }
      }
    }
    if (!any) {
      throw new UserException("no case is called " + String.join(" or ", globs));
    }
    return alike ? ExitCode.CONFORMANT : ExitCode.NOT_CONFORMANT;
  }

  private static PrintWriter writer(Path path) throws IOException {
    return new PrintWriter(Files.newBufferedWriter(path));
  }

  private boolean isWanted(String name) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> matches(glob, name));
  }

  private static boolean matches(String glob, String name) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    return matcher.matches(Path.of(name));
  }

  /** Prints the totals, and each case that ends otherwise than on Linux. */
  private boolean compare(
      Program program, Outcome outcome, Map<String, Verdict> onLinux, List<String> wanted) {
    PrintWriter out = spec.commandLine().getOut();
    TestVerdicts verdicts = outcome.verdicts();
    long alike = 0;
    for (String name : wanted) {
      Verdict expected = onLinux.getOrDefault(name, NONE);
      @Nullable Verdict seen = verdicts.cases().get(name);
      if (seen != null && seen.word().equals(expected.word())) {
        alike++;
      } else {
        Verdict shown = seen == null ? NONE : seen;
        out.printf(
            "%-9s  %-60s  on Linux: %s  %s%n", shown.word(), name, expected.word(), shown.reason());
      }
    }
    outcome.exceptions().stream().distinct().forEach(text -> out.println("exception  " + text));
    if (!outcome.inTime()) {
      out.println("stopped after " + deadline + " seconds");
    }
    out.printf(
        "%s: %d of %d cases end as on Linux (pass:%d fail:%d skip:%d)%n",
        program.file(),
        alike,
        wanted.size(),
        verdicts.count("pass"),
        verdicts.count("fail"),
        verdicts.count("skip"));
    out.flush();
    return alike == wanted.size();
  }
}
