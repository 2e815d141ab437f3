package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.conformance.process.Adapters;
import org.iommuref.conformance.process.NeedsPython;
import org.iommuref.conformance.process.ProcessOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code conform --seam 1} on units with one thing wrong, and on the example with one line broken.
 */
@NeedsPython
class MisbehavingUnitTest {

  private static final ProcessOptions PATIENT = Adapters.patient();
  private static final ProcessOptions HASTY =
      PATIENT.withDeadlines(Adapters.LONG, Adapters.SHORT).withRestarts(1);

  private final Path folder;

  MisbehavingUnitTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "unsupported|unsupported: nothing is",
        "die|crash: ended with exit code 1 before its reply to unit.dma",
        "die-at-reset|crash: reset: ended with exit code 4 before its reply to reset",
        "noise|malformed: not a JSON object: debug: an access",
        "wrong-id|malformed: id ",
        "wrong-value|malformed: unit.dma.ok: expected",
        "unknown-event|malformed: no operation is called \"nmi\"",
        "own-ram|malformed: a request for memory from a unit whose ram is not \"runner\"",
        "next-page|completed, data 0x0",
        "block-all|refused",
      })
  void wrongUnit_failsTheClause_andEndsWith1(String mode, String seen) throws IOException {
    CommandRun run = conform(PATIENT, Adapters.misbehavingUnit(mode), "--clause", "VTD-010");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.err()).isEmpty();
    assertThat(report().at("/targets/0/failures/0/seen").asText()).startsWith(seen);
    assertThat(run.out()).containsPattern("(?m)^VTD-010 .* FAIL ").contains("  seen:    ");
  }

  @Test
  void silentUnit_failsTheClauseByTimeout() throws IOException {
    CommandRun run = conform(HASTY, Adapters.misbehavingUnit("hang"), "--clause", "VTD-010");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(report().at("/targets/0/failures/0/seen").asText())
        .startsWith("timeout: no reply to unit.dma within 1000 ms");
  }

  @Test
  void unitThatNeverCaches_isUnverified_andEndsWith2() throws IOException {
    CommandRun run = conform(PATIENT, Adapters.misbehavingUnit("never-cache"));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.UNVERIFIED);
    assertThat(verdicts()).containsEntry("VTD-030", "unverified").containsEntry("VTD-010", "pass");
    assertThat(run.out()).contains("VTD-030 unverified: never seen: a removed translation used");
  }

  @Test
  void unitThatRefusesEveryAccess_endsWith1_onTheWholeSuite() throws IOException {
    CommandRun run = conform(PATIENT, Adapters.misbehavingUnit("block-all"));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(verdicts()).containsEntry("VTD-010", "fail").doesNotContainValue("broken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-registers|it does not answer unit.reg.read: unsupported: no registers yet",
        "riscv|no suite at seam 1 for 'riscv'",
      })
  void unitThatDoesNotTellWhatItIs_isOneLine_andEndsWith70(String mode, String problem)
      throws IOException {
    CommandRun run = conform(PATIENT, Adapters.misbehavingUnit(mode));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.BROKEN);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("no hello from 'python3 ", problem);
  }

  @Test
  void unitKilledOnce_costsOneClause_andTheRestIsJudgedAsWithoutThat() throws IOException {
    String killed = Adapters.misbehavingUnit("kill-once '" + folder.resolve("killed") + "'");

    CommandRun run = conform(PATIENT, killed);
    Map<String, String> once = verdicts();
    CommandRun again = conform(PATIENT, killed);
    Map<String, String> never = verdicts();

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
    List<String> differing =
        never.entrySet().stream()
            .filter(one -> !one.getValue().equals(once.get(one.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    assertThat(differing).hasSize(1);
    assertThat(once).containsEntry(differing.get(0), "fail");
    assertThat(run.out()).contains("crash: ended with exit code 137 before its reply to unit.dma");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VTD-004 | or high & (1 << 7) or high >> 24: | or high & (1 << 7):",
        "VTD-009 | if address >> GUEST_BITS: | if address >> 63:",
        "VTD-011 | rights &= entry | rights = entry",
        "VTD-017 | if page >> 20 == 0xFEE: | if page >> 20 == 0xFEF:",
        "VTD-023 | self.next = (self.next + 1) % RECORDS | self.next = 0",
        "VTD-030 | scope == 3 and each & ~masked == source & ~masked | scope == 4",
        "VTD-033 | size = PAGE << (where & 0x3F) | size = PAGE",
        "VTD-037 | low & 0xFFC0 or low >> 50 or high | low & 0xFFC0 or low >> 50",
        "VTD-039 | self.words[IQH] = 0 | pass",
      })
  void exampleWithOneLineBroken_failsTheClauseOfThatLine(String clause, String part, String broken)
      throws IOException {
    BrokenExample.copyTo(folder, part, broken);
    Path script = folder.resolve("vtd_unit.py");

    CommandRun run = conform(PATIENT, "python3 '" + script + "'", "--clause", clause);

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.out()).containsPattern("(?m)^" + clause + " .* FAIL ");
  }

  @Test
  void failure_isMinimalAndReplayed() throws IOException {
    conform(PATIENT, Adapters.misbehavingUnit("next-page"), "--clause", "VTD-010");
    Path file = folder.resolve("report").resolve("failures").resolve("VTD-010.json");
    String text = Files.readString(file);
    assertThat(text).contains("\"minimal\": true");
    CommandRun again = CommandRun.of(PATIENT, "replay", file.toString());
    assertThat(again.out()).contains("reproduced: VTD-010 fails again, with the same answers");
    Files.writeString(
        file, text.replace("py next-page", "py right").replace("py' next-page", "py' right"));
    CommandRun right = CommandRun.of(PATIENT, "replay", file.toString());
    assertThat(right.exitCode()).as(right.out() + right.err()).isZero();
    assertThat(right.out()).contains("VTD-010 does not fail any more");
  }

  private CommandRun conform(ProcessOptions options, String command, String... selection) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("conform", "--seam", "1", "--target", "exec:" + command));
    arguments.addAll(List.of("--report", folder.resolve("report").toString()));
    arguments.addAll(List.of(selection));
    return CommandRun.of(options, arguments.toArray(String[]::new));
  }

  private JsonNode report() throws IOException {
    return new JsonMapper().readTree(folder.resolve("report").resolve("report.json").toFile());
  }

  /** The verdict on each clause. */
  private Map<String, String> verdicts() throws IOException {
    Map<String, String> verdicts = new TreeMap<>();
    report()
        .at("/targets/0/verdicts")
        .forEach(one -> verdicts.put(one.path("clause").asText(), one.path("verdict").asText()));
    return verdicts;
  }
}
