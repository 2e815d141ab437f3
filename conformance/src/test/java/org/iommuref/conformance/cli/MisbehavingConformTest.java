package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.iommuref.conformance.process.Adapters;
import org.iommuref.conformance.process.NeedsPython;
import org.iommuref.conformance.process.ProcessOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conform} on adapters with one thing wrong: verdicts, and exit codes. */
@NeedsPython
class MisbehavingConformTest {

  private static final ProcessOptions PATIENT = Adapters.patient();
  private static final ProcessOptions HASTY =
      PATIENT.withDeadlines(Adapters.LONG, Adapters.SHORT).withRestarts(1);
  private static final List<String> TWO_CLAUSES =
      List.of("--clause", "INV-001", "--clause", "MAP-001");

  private final Path folder;

  MisbehavingConformTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "unsupported|INV-001|unsupported: nothing is",
        "die|INV-001|crash: ended with exit code 1 before its reply to unmap",
        "die-at-reset|INV-001|crash: reset: ended with exit code 4",
        "noise|MAP-001|malformed: not a JSON object: debug: mapping a page",
        "wrong-id|MAP-001|malformed: id 10 where the reply to id 9 is due",
        "reorder|MAP-001|malformed: id ",
        "next-page|MAP-001|an unknown place",
      })
  void wrongAdapter_failsTheClause_andEndsWith1(String mode, String clause, String seen)
      throws IOException {
    CommandRun run = conform(PATIENT, mode, TWO_CLAUSES);

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.err()).isEmpty();
    assertThat(failure(clause).path("seen").asText()).startsWith(seen);
    assertThat(run.out()).containsPattern("(?m)^" + clause + " .* FAIL ").contains("  seen:    ");
  }

  @ParameterizedTest
  @CsvSource({"hang,no reply to ", "unflushed-later,no reply to ", "deaf,no reply to reset"})
  void silentAdapter_failsTheClauseByTimeout_andEndsWith1(String mode, String detail)
      throws IOException {
    CommandRun run = conform(HASTY, mode, List.of("--clause", "INV-001"));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(failure("INV-001").path("seen").asText())
        .startsWith("timeout: ")
        .contains(detail, "within 1000 ms");
  }

  @Test
  void adapterThatNeverCaches_isUnverified_andEndsWith2() throws IOException {
    CommandRun run = conform(PATIENT, "never-cache", List.of());

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.UNVERIFIED);
    assertThat(verdicts().get("INV-001")).isEqualTo("unverified");
    assertThat(run.out()).contains("INV-001 unverified: never seen: a removed translation used");
  }

  @Test
  void adapterThatRefusesEveryAccess_endsWith1_onTheWholeSuite() throws IOException {
    CommandRun run = conform(PATIENT, "block-all", List.of());

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(verdicts()).containsEntry("MAP-001", "fail").doesNotContainValue("broken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "ends|ended with exit code 3 before its reply to hello",
        "mute|no reply to hello within 1000 ms",
        "unflushed|no reply to hello within 1000 ms",
      })
  void adapterWithoutHello_isOneLine_andEndsWith70(String mode, String problem) throws IOException {
    ProcessOptions options =
        problem.contains("within")
            ? PATIENT.withDeadlines(Adapters.SHORT, Adapters.SHORT)
            : PATIENT;
    CommandRun run = conform(options, mode, TWO_CLAUSES);

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.BROKEN);
    assertThat(run.out() + run.err()).contains("no hello from 'python3 ", problem);
    assertThat(report().at("/exit").asInt()).isEqualTo(ExitCode.BROKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loud", "rude"})
  void adapterThatIsOddBesideTheSuite_isConformant(String mode) {
    assertThat(conform(PATIENT, mode, TWO_CLAUSES).exitCode()).isZero();
  }

  @Test
  void adapterKilledOnce_costsOneCase_andTheRestIsJudgedAsWithoutThat() throws IOException {
    String killed = "kill-once '" + folder.resolve("killed") + "'";

    CommandRun run = conform(PATIENT, killed, List.of());
    Map<String, String> once = verdicts();
    CommandRun again = conform(PATIENT, killed, List.of());
    Map<String, String> never = verdicts();

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
    List<String> differing = new ArrayList<>();
    never.forEach(
        (clause, verdict) -> {
          if (!verdict.equals(once.get(clause))) {
            differing.add(clause);
          }
        });
    assertThat(differing).hasSize(1);
    assertThat(once).containsEntry(differing.get(0), "fail");
    assertThat(run.out())
        .containsPattern("(?m)^" + differing.get(0) + " .* FAIL ")
        .contains("seen:    crash: ended with exit code 137 before its reply to ");
  }

  private CommandRun conform(ProcessOptions options, String mode, List<String> selection) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("conform", "--target", "exec:" + Adapters.misbehaving(mode)));
    arguments.addAll(List.of("--report", folder.resolve("report").toString()));
    arguments.addAll(List.of("--cases", "0"));
    arguments.addAll(selection);
    return CommandRun.of(options, arguments.toArray(String[]::new));
  }

  private JsonNode report() throws IOException {
    return new JsonMapper().readTree(folder.resolve("report").resolve("report.json").toFile());
  }

  private JsonNode failure(String clause) throws IOException {
    return elements(report().at("/targets/0/failures"))
        .filter(failure -> failure.path("clause").asText().equals(clause))
        .findFirst()
        .orElseThrow(() -> new AssertionError(clause + " did not fail"));
  }

  /** The verdict on each clause. */
  private Map<String, String> verdicts() throws IOException {
    Map<String, String> verdicts = new TreeMap<>();
    elements(report().at("/targets/0/verdicts"))
        .forEach(one -> verdicts.put(one.path("clause").asText(), one.path("verdict").asText()));
    return verdicts;
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements.stream();
  }
}
