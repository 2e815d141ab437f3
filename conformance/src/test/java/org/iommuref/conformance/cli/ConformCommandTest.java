package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.iommuref.conformance.report.ReportSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code conform} prints, and how it ends. */
class ConformCommandTest {

  private static final String WRONG = "mutant:vtd-first-unit-only";

  private final Path folder;

  ConformCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void noTarget_meansOurArchitectures() {
    CommandRun run = conform("--clause", "DOM-001", "--cases", "0");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsSubsequence("ideal: conformant: 1 pass", "vtd: conf", "vtd-caching-mode: conf")
        .doesNotContain("mutant:");
  }

  @Test
  void failure_isShownWithItsRuleSequenceReasonAndReplay() {
    CommandRun run = conform("--target", WRONG, "--clause", "INV-004", "--seed", "7");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("mutant:vtd-first-unit-only: NOT CONFORMANT: 0 pass, 1 fail")
        .containsPattern("INV-004 +Invalidation reaches every tag +FAIL +" + WRONG)
        .contains("rule: A sync on a domain must invalidate it under every tag")
        .containsPattern("after \\d operations \\(1-minimal, seed 7, case 'INV-004 ")
        .containsPattern("\\d  read +02:00\\.0  iova 0x600000 +0x100003000   <- allowed: fault")
        .contains("why:     no state that is live gives a translation")
        .contains("again:   ./iommuref replay " + folder.resolve("report/failures/INV-004.json"));
  }

  @Test
  void unverifiedClause_isShownWithItsReason() {
    CommandRun run = conform("--target", "mutant:vtd-unit-records-nothing", "--clause", "FREC-009");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains("unverified: 0 pass, 0 fail, 1 unverified")
        .contains("FREC-009 unverified: never seen: ");
  }

  @Test
  void pipe_showsNoProgress() {
    assertThat(conform("--target", "ideal", "--clause", "DOM-001").out())
        .doesNotContain("\r")
        .doesNotContain(" %");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--target nosuch              | unknown target 'nosuch'; there are ideal, ",
        "--target noother             | , mutant:<name> and more; see ./iommuref list targets",
        "--target mutant:nosuch       | unknown mutant 'nosuch'",
        "--seam 1 --target mutant:vtd-without-drain | is judged at seam 2: --seam 2",
        "--target mutant:vtd-unit-keeps-table-pointers-at-registers | is judged at seam 1: --seam"
            + " 1",
        "--target exec:               | --target exec:: the command is empty",
        "--target ideal --target what | unknown target 'what'",
        "--clause NOPE-*              | no clause matches 'NOPE-*'",
        "--clause INV-* --clause X    | no clause matches 'X'",
        "--seam 1 --target linux      | --target linux has no suite at seam 1",
        "--seam 0                     | there is no suite at seam 0",
        "--seam 4                     | there is no suite at seam 4",
        "--seam 3 --target qemu:x     | --target qemu:x has no suite at seam 3",
        "--target linux               | --target linux has no suite at seam 2",
        "--target linux:image         | --target linux:image has no suite at seam 2",
        "--seam 3 --target linux:none | --target linux:none: no such kernel image",
        "--seam 3 --target what       | unknown target 'what' at seam 3",
        "--cases -1                   | --cases must not be negative",
        "--cases many                 | Invalid value for option '--cases'",
        "--seed x                     | Invalid value for option '--seed'",
        "--caches lazy                | Invalid value for option '--caches'",
        "--known nosuch.yaml          | nosuch.yaml: cannot be read",
      })
  void wrongArgument_isOneLine_andNothingIsRun(String arguments, String line) {
    CommandRun run = conform(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("iommuref: ").contains(line);
    assertThat(run.err().lines().filter(text -> !text.startsWith("see "))).hasSize(1);
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @Test
  void reportFolderThatIsAFile_isAWrongArgument() throws IOException {
    Files.writeString(folder.resolve("report"), "mine");
    CommandRun run = conform("--target", "ideal", "--clause", "DOM-001");
    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.err()).contains("is a file");
    assertThat(folder.resolve("report")).hasContent("mine");
  }

  @Test
  void reportFolderThatCannotBeMade_isRefusedBeforeAnythingIsRun() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    String report = folder.resolve("file/in").toString();
    CommandRun run = CommandRun.of("conform", "--target", "ideal", "--report", report);
    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("iommuref: the report folder cannot be made: ");
  }

  @Test
  void cachePolicyAndCases_reachTheRun() {
    CommandRun run =
        conform("--target", "vtd", "--clause", "INV-*", "--caches", "realistic", "--cases", "3");
    assertThat(run.out()).contains("vtd: ");
    var settings = ReportSchemas.read(folder.resolve("report/report.json")).path("settings");
    assertThat(settings.path("caches").asText()).isEqualTo("realistic");
    assertThat(settings.path("cases").asInt()).isEqualTo(3);
    CommandRun more =
        conform("--target", "vtd", "--clause", "INV-*", "--caches", "realistic", "--cases", "5");
    assertThat(casesOf(more)).isEqualTo(casesOf(run) + 2);
  }

  @Test
  @EnabledIf("hasFullDisk")
  void fullDisk_isOneLine_verdictsArePrintedAndTheEarlierReportIsWhole() throws IOException {
    conform("--target", "ideal", "--clause", "DOM-001");
    Path report = folder.resolve("report/report.json");
    String earlier = Files.readString(report);
    Files.createSymbolicLink(folder.resolve("report/report.json.new"), Path.of("/dev/full"));
    CommandRun run = conform("--target", "ideal", "--clause", "INV-001");
    assertThat(run.exitCode()).isEqualTo(70);
    assertThat(run.out()).contains("ideal: conformant: 1 pass");
    assertThat(run.err())
        .isEqualTo(
            "iommuref: the report cannot be written: No space left on device"
                + System.lineSeparator());
    assertThat(report).hasContent(earlier);
    assertThat(folder.resolve("report/report.json.new")).doesNotExist();
  }

  static boolean hasFullDisk() {
    return Files.isWritable(Path.of("/dev/full"));
  }

  private static int casesOf(CommandRun run) {
    return Integer.parseInt(run.out().replaceAll("(?s).*\\((\\d+) cases.*", "$1"));
  }

  private CommandRun conform(String... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("conform", "--report", folder.resolve("report").toString()),
                Stream.of(arguments))
            .toArray(String[]::new));
  }
}
