package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"conform", "bench", "check", "doctor", "explain", "list", "mutants", "replay"})
  void command_helpAndVersion_arePrinted(String command) {
    CommandRun help = CommandRun.of(command, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).startsWith("Usage: iommuref " + command + " ");

    CommandRun version = CommandRun.of(command, "--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).startsWith("iommuref ").isEqualTo(CommandRun.of("-V").out());
  }

  @Test
  void main_unknownCommandOrOption_isUsage_inTwoLines() {
    CommandRun command = CommandRun.of("conforme");
    assertThat(command.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(command.out()).isEmpty();
    assertThat(command.err())
        .startsWith("iommuref: Unmatched argument at index 0: 'conforme'; is 'conform' meant?\n")
        .contains("see iommuref --help");
    CommandRun option = CommandRun.of("list", "clauses", "--jason");
    assertThat(option.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(option.err()).startsWith("iommuref: ").contains("see iommuref list --help");
  }
}
