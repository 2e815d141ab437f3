package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.iommuref.spec.spi.ModelLibrary;
import org.iommuref.tla.ConfigVerdict;
import org.iommuref.tla.Model;
import org.iommuref.tla.Models;
import org.iommuref.tla.tlc.TlcOutcome;
import org.iommuref.tla.tlc.TlcResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {

  @Test
  void check_fault_drawsItsCounterexampleAndTheClause() {
    CommandRun run = CommandRun.of("check", "UnmapFlush", "--fault", "EarlyCompletion");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("ok       MCUnmapFlush_EarlyCompletion")
        .contains("violates SyncAwaitsItsInvalidation")
        .contains("INV-010  ")
        .containsPattern("CPU c1 +changes")
        .containsPattern("\\d  SubmitInvalidation ")
        .endsWith("1 of 1 configs as their manifest says\n");
  }

  @Test
  void check_simulatedFault_isFoundByRandomBehaviours() {
    CommandRun run =
        CommandRun.of("check", "UnmapFlush", "--fault", "EarlyCompletion", "--simulate");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).containsPattern("ok +MCUnmapFlush_EarlyCompletion +- +- +violates");
  }

  @Test
  void check_countThatIsNotTheManifests_isOne() {
    Outcome outcome = checkCounter(4);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(outcome.out())
        .containsPattern("DIFFERS +MCCounter +3 +3 +ok +the same")
        .contains("expected 4 distinct states, found 3")
        .contains("0 of 1 configs");
  }

  @Test
  void check_countAsInTheManifest_isZero() {
    assertThat(checkCounter(3).exitCode()).isZero();
  }

  @Test
  void check_unknownNames_sayWhatThereIs() {
    assertUsage("unknown model 'Unmap'; there is UnmapFlush, PageRequestDrain", "check", "Unmap");
    assertUsage("unknown tier 'slow'; there is quick, full, nightly", "check", "--tier", "slow");
    assertUsage("--workers wants a number from 1 on, not 0", "check", "--workers", "0");
    CommandRun fault = CommandRun.of("check", "UnmapFlush", "--fault", "Nothing");
    assertThat(fault.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(fault.err().lines()).hasSize(1);
    assertThat(fault.err()).contains("unknown fault 'Nothing'; there is FreeBeforeFlush, ");
  }

  @Test
  void check_traces_areJudgedWithThoseOfMutants() {
    CommandRun run = CommandRun.of("check", "UnmapFlush", "--traces", "3", "--seed", "5");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .containsPattern("ok +vtd +3 +3 *\n")
        .containsPattern(
            "ok +mutant:vtd-drop-invalidation-done +5 +0 +"
                + "trace 1: line \\d+ is not explained: FreePage\\(cpu=\\d, page=0x")
        .endsWith(
            "3 of 3 traces that differ after renaming are behaviours of UnmapFlush;"
                + " 4 of 4 step mutants are rejected\n");
  }

  @Test
  void check_optionsThatDoNotGoWithTraces_areRefused() {
    assertUsage(
        "--traces judges traces, not configs: not with --fault",
        "check",
        "--traces",
        "3",
        "--fault",
        "NoDrain");
    assertUsage("--traces wants a number from 1 on, not 0", "check", "--traces", "0");
    assertUsage("'Unmap' judges no traces; UnmapFlush does", "check", "Unmap", "--traces", "3");
    assertUsage("--seed goes with --traces", "check", "--seed", "3");
  }

  @Test
  void check_whereTlcCannotBeStarted_isTwo(@TempDir Path empty) {
    String home = System.setProperty("java.home", empty.toString());
    try {
      CommandRun run = CommandRun.of("check");

      assertThat(run.exitCode()).isEqualTo(ExitCode.UNVERIFIED);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).startsWith("iommuref: TLC wants a JVM of its own, and there is no ");
    } finally {
      System.setProperty("java.home", home);
    }
  }

  @Test
  void exitCode_ofJvmsThatDidNotComeUp_isTwo_unlessAnotherResultDiffers() {
    ConfigVerdict agrees = verdict(TlcOutcome.OK);
    ConfigVerdict neverRan = verdict(TlcOutcome.BROKEN, "expected ok, found broken");
    ConfigVerdict differs = verdict(TlcOutcome.INVARIANT, "expected ok, found invariant");

    assertThat(CheckCommand.exitCode(List.of(agrees))).isZero();
    assertThat(CheckCommand.exitCode(List.of(agrees, neverRan))).isEqualTo(2);
    assertThat(CheckCommand.exitCode(List.of(neverRan, differs))).isEqualTo(1);
  }

  private static ConfigVerdict verdict(TlcOutcome outcome, String... deviations) {
    Model model = Models.of(List.of(new Counter(3))).all().get(0);
    TlcResult result =
        new TlcResult(
            outcome,
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            new TreeMap<>(),
            List.of(),
            List.of(),
            List.of());
    return new ConfigVerdict(model, model.configs().get(0), result, List.of(), List.of(deviations));
  }

  private static void assertUsage(String message, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("iommuref: " + message + "\n");
  }

  private record Outcome(int exitCode, String out) {}

  private static Outcome checkCounter(int states) {
    CheckCommand command = new CheckCommand();
    StringWriter out = new StringWriter();
    new CommandLine(command).setOut(new PrintWriter(out)).parseArgs();
    int exitCode = command.check(Models.of(List.of(new Counter(states))));
    return new Outcome(exitCode, out.toString());
  }

  /** A model with three states, whose manifest claims a number of them. */
  private record Counter(int states) implements ModelLibrary {

    @Override
    public String name() {
      return "counter";
    }

    @Override
    public InputStream open(String path) throws IOException {
      return new ByteArrayInputStream(text(path).getBytes(StandardCharsets.UTF_8));
    }

    private String text(String path) throws IOException {
      return switch (path) {
        case "manifest.json" ->
            """
            {"models": [{"name": "Counter", "title": "Counts", "modules": ["Counter"], "lanes": [],
              "configs": [{"config": "MCCounter", "module": "Counter", "title": "To two",
                "expected": "ok", "tier": "quick", "distinctStates": %d, "depth": 3}]}]}
            """
                .formatted(states);
        case "Counter/Counter.tla" ->
            """
            ---- MODULE Counter ----
            EXTENDS Naturals
            VARIABLE n
            Init == n = 0
            Next == n' = (n + 1) % 3
            Spec == Init /\\ [][Next]_n
            ====
            """;
        case "Counter/MCCounter.cfg" -> "SPECIFICATION Spec\n";
        default -> throw new FileNotFoundException(path);
      };
    }
  }
}
