package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.report.ReportSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code conform --known}: a strict list of failures that are expected. */
class KnownFailuresTest {

  private static final String WRONG = "mutant:vtd-first-unit-only";
  private static final List<String> REST =
      List.of(
          "  seen: the second unit keeps its entry",
          "  says: every unit is invalidated",
          "  source: manual 6.5",
          "  confidence: high");

  private final Path folder;

  KnownFailuresTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void expectedFailure_isShownAndNotCounted() throws IOException {
    CommandRun run = conform(entry("INV-004"), "--target", WRONG);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("conformant: ", "1 fail", "INV-004 known: the second unit keeps its entry")
        .doesNotContain("FAIL ");
    var report = ReportSchemas.fitting("report", folder.resolve("report/report.json"));
    assertThat(report.at("/targets/0/known/0/problem").asText()).isEmpty();
    assertThat(report.at("/targets/0/known/0/says").asText())
        .isEqualTo("every unit is invalidated");
    assertThat(report.at("/targets/0/failures/0/minimal").asBoolean())
        .as("what is known is not made shorter")
        .isFalse();
  }

  @Test
  void otherFailure_isCounted() throws IOException {
    CommandRun run =
        conform(
            entry("INV-014"), "--target", "mutant:core-sync-of-first-page", "--clause", "MAP-022");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsPattern("MAP-022 .* FAIL");
  }

  @Test
  void expectedFailureThatPasses_failsTheRun() throws IOException {
    CommandRun run = conform(entry("INV-004"), "--target", "vtd");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("INV-004 is a known failure, but the verdict is pass", "NOT CONFORMANT");
    ReportSchemas.fitting("report", folder.resolve("report/report.json"));
  }

  @Test
  void expectedFailureThatIsNotSelected_failsTheRun() throws IOException {
    CommandRun run = conform(entry("DOM-001"), "--target", "vtd");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("DOM-001 is a known failure, but was not selected");
  }

  @Test
  void entryOfOneTarget_leavesTheOthersAlone() throws IOException {
    String ofOne = entry("INV-004") + "  target: " + WRONG + "\n";
    assertThat(conform(ofOne, "--target", WRONG, "--target", "vtd").exitCode()).isZero();
    CommandRun run = conform(ofOne, "--target", "vtd");
    assertThat(run.exitCode()).as("an entry that can never be missed").isEqualTo(64);
    assertThat(run.err()).contains("INV-004 is of '" + WRONG + "', which is not judged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INV-999    | :1: unknown clause INV-999",
        "inv        | :1: 'inv' is not a clause id",
        "''         | :1: field 'clause' wants a text",
        "[INV-004]  | :1: field 'clause' wants a text",
      })
  void clauseThatDoesNotExist_isOneLineWithFileAndLine(String clause, String line)
      throws IOException {
    assertRefused(entry(clause), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "confidence: high | when: today          | :5: unknown field 'when'",
        "confidence: high | seen: again          | :5: field 'seen' given twice",
        "confidence: high | other: [             | malformed YAML",
        "confidence: high | ''                   | :1: missing field 'confidence'",
      })
  void wrongField_isOneLineWithFileAndLine(String old, String other, String line)
      throws IOException {
    assertRefused(entry("INV-004").replace(old, other), line);
  }

  @Test
  void wholeThatIsNoList_isRefused() throws IOException {
    assertRefused("clause: INV-004\n", ":1: a list of known failures is wanted here");
    assertRefused("- INV-004\n", ":1: an entry with fields is wanted here");
    assertRefused(entry("INV-004") + entry("INV-004"), ":6: INV-004 is listed already, at line 1");
  }

  private void assertRefused(String yaml, String line) throws IOException {
    CommandRun run = conform(yaml, "--target", "ideal");
    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("known.yaml").contains(line);
    assertThat(run.err().lines()).hasSize(1);
  }

  private static String entry(String clause) {
    return "- clause: " + clause + "\n" + String.join("\n", REST) + "\n";
  }

  private CommandRun conform(String known, String... arguments) throws IOException {
    Path file = folder.resolve("known.yaml");
    Files.writeString(file, known);
    return CommandRun.of(
        Stream.of(
                Stream.of("conform", "--report", folder.resolve("report").toString()),
                Stream.of("--known", file.toString(), "--cases", "20", "--clause", "INV-0*"),
                Stream.of(arguments))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }
}
