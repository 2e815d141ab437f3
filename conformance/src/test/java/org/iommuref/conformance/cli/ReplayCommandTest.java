package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code replay}: one failure again. */
class ReplayCommandTest {

  private static final String WRONG = "mutant:vtd-first-unit-only";

  private final Path folder;

  ReplayCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "vtd-first-unit-only, INV-004",
    "vtd-unit-context-cache-without-bus, ATT-007",
    "vtd-unit-records-nothing, FREC-001",
    "core-attach-pasid-without-pasid-009, PASID-009",
    "core-sync-of-first-page, INV-014",
    "vtd-leaf-to-next-page, MAP-001",
  })
  void failureOfAMutant_isReproduced(String mutant, String clause) {
    Path file = failureOf("mutant:" + mutant, clause);
    CommandRun run = CommandRun.of("replay", file.toString());
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out())
        .startsWith(clause)
        .contains("rule: ", "NOT ALLOWED; allowed: ", "why: ")
        .contains("reproduced: " + clause + " fails again, with the same answers");
  }

  @Test
  void failureThatIsGone_isSaid() throws IOException {
    Path file = failureOf(WRONG, "INV-004");
    Files.writeString(file, Files.readString(file).replace(WRONG, "vtd"));
    CommandRun run = CommandRun.of("replay", file.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("INV-004 does not fail any more").doesNotContain("NOT ALLOWED");
  }

  @Test
  void failureAtSeam3_isReplayedThere() throws IOException {
    Path file = failureOf("mutant:iommufd-writes-behind-structure", "UAPI-013", "3");
    assertThat(CommandRun.of("replay", file.toString()).out())
        .contains("reproduced: UAPI-013 fails again, with the same answers");
    Files.writeString(
        file, Files.readString(file).replace("mutant:iommufd-writes-behind-structure", "mock"));
    CommandRun run = CommandRun.of("replay", file.toString());
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("UAPI-013 does not fail any more");
  }

  @Test
  void failureAtSeam1_isReplayedThere() throws IOException {
    Path file = failureOf("mutant:vtd-unit-ignores-fpd", "VTD-021", "1");
    assertThat(CommandRun.of("replay", file.toString()).out())
        .contains("reproduced: VTD-021 fails again, with the same answers");
    Files.writeString(
        file, Files.readString(file).replace("mutant:vtd-unit-ignores-fpd", "vtd-full"));
    CommandRun run = CommandRun.of("replay", file.toString());
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("VTD-021 does not fail any more");
  }

  @Test
  void failureOfAnotherClause_isNoReproduction() throws IOException {
    Path file = failureOf(WRONG, "INV-004");
    Files.writeString(
        file, Files.readString(file).replace("\"shows\": \"INV-004\"", "\"shows\": \"INV-001\""));
    CommandRun run = CommandRun.of("replay", file.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("INV-004 does not fail any more, but INV-001 does");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\": 1         | \"format\": 2          | \"format\" must be 1",
        "\"title\"             | \"name\"               | \"title\" is missing",
        "\"seed\": \"1\"       | \"seed\": 1            | \"seed\" must be a text",
        "\"seed\": \"1\"       | \"seed\": \"one\"      | \"seed\" must be a decimal number",
        "\"minimal\": true     | \"minimal\": 1         | \"minimal\" must be true or false",
        "\"layer\": \"backend\" | \"layer\": \"no\"      | \"session.layer\" must be unit, backend,"
            + " core or iommufd",
        "\"adversarial\"       | \"lazy\"               | reset.caches",
        "\"op\": \"map\"       | \"op\": \"mop\"        | steps[3].request: no operation is called",
        "\"0x600000\"          | \"here\"               | steps[3].request: map.iova: expected a"
            + " hex",
        "\"clause\": \"INV-004\" | \"clause\": \"four\" | 'four' is not a clause id",
        "\"clause\": \"INV-004\" | \"clause\": \"INV-999\" | unknown clause INV-999",
        "{                     | [                      | not a JSON object",
        "vtd-first-unit-only   | gone                   | unknown mutant 'gone'",
      })
  void malformedFile_isOneLine(String old, String other, String problem) throws IOException {
    Path file = failureOf(WRONG, "INV-004");
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, other));
    assertRefused(file, problem);
  }

  @Test
  void sequenceThatBreaksTheContract_isRefused() throws IOException {
    Path file = failureOf(WRONG, "INV-004");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"type\": \"paging\"", "\"type\": \"blocked\""));
    assertRefused(file, "breaks the caller's side of the contract");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch.json", "."})
  void fileThatCannotBeRead_isOneLine(String name) {
    assertRefused(folder.resolve(name), "cannot read the replay file: ");
  }

  private static void assertRefused(Path file, String problem) {
    CommandRun run = CommandRun.of("replay", file.toString());
    assertThat(run.exitCode()).as(run.out()).isEqualTo(64);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("iommuref: ").contains(problem);
    assertThat(run.err().lines()).hasSize(1);
  }

  private Path failureOf(String target, String clause) {
    return failureOf(target, clause, "2");
  }

  private Path failureOf(String target, String clause, String seam) {
    String report = folder.resolve("report").toString();
    CommandRun run =
        CommandRun.of(
            "conform", "--seam", seam, "--target", target, "--clause", clause, "--report", report);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    return Path.of(report, "failures", clause + ".json");
  }
}
