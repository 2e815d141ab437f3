package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.iommuref.conformance.process.Adapters;
import org.iommuref.conformance.process.NeedsPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code conform} on the example of a driver with one line broken, over a unit of ours. */
@NeedsPython
class BrokenDriverTest {

  private final Path folder;

  BrokenDriverTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ATT-002 | | self.forget_contexts(DEVICE, domain_id, source) | pass",
        "DOM-004 | | if freed.devices: | if False:",
        "FREC-008 | | self.write(FSTS, 4, PFO) | pass",
        "FREC-009 | --registers | self.write(register + 12, 4, F >> 32) | pass",
        "INV-005 | | order = ((start ^ end - 1) >> 12).bit_length() | order = 0",
        "INV-002 | | drain << 6 | 0",
        "INV-002 | --registers | drain << 48 | 0",
        "INV-004 | | for device in domain.devices}] | for device in domain.devices}][:1]",
        "INV-009 | | kept.end, not kept.tables) | kept.end, True)",
        "INV-018 | --caching-mode | self.forget_contexts(DEVICE, 0, source) | pass",
        "MAP-014 | --caching-mode | if unit.caching_mode and size: | if False:",
        "MAP-017 | | iova + span(level), False) | iova + span(level), True)",
      })
  void exampleWithOneLineBroken_failsTheClauseOfThatLine(
      String clause, String option, String part, String broken) throws IOException {
    BrokenExample.copyTo(folder, part, broken);

    CommandRun run =
        CommandRun.of(
            Adapters.patient(),
            "conform",
            "--target",
            target() + (option == null ? "" : " " + option),
            "--clause",
            clause,
            "--cases",
            "1",
            "--report",
            folder.resolve("report").toString());

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.out()).containsPattern("(?m)^" + clause + " .* FAIL ");
  }

  @Test
  void exampleWhoseTablesLieAmongThePagesOfTheSuite_isToldSo() throws IOException {
    BrokenExample.copyTo(folder, "TABLES = 0x1000_0000", "TABLES = 0x1_0000_0000");

    CommandRun run = CommandRun.of(Adapters.patient(), "doctor", "--target", target());

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "It asks for what it is not given: a driver writes to 0x1000",
            "which is in \"memory\" of its hello: its tables and queues must lie elsewhere")
        .doesNotContain("what is no message");
  }

  private String target() {
    return "exec:python3 '" + folder.resolve("vtd_driver.py") + "'";
  }
}
