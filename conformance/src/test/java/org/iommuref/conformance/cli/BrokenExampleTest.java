package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.iommuref.conformance.process.NeedsPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example adapter with one line of its translation broken, and as it is. */
@NeedsPython
class BrokenExampleTest {

  private static final Path EXAMPLE = Path.of("examples", "python", "adapter.py");

  private final Path folder;

  BrokenExampleTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAP-001 | return entry.paddr + offset if | return entry.paddr if",
        "MAP-003 | if entry and set(needs) <= set(entry.prot) else | if entry else",
        "MAP-009 | page.paddr + start, page.prot | page.paddr, page.prot",
        "ATT-002 | self.forget_device(device)  # its cached | pass  # its cached",
        "INV-001 | if entry.domain == domain and first | if entry.domain != domain and first",
        "INV-005 | first <= key[1] < end: | first <= key[1] < end - 4096:",
      })
  void exampleWithOneLineBroken_failsTheClauseOfThatLine(String clause, String part, String broken)
      throws IOException {
    String text = Files.readString(EXAMPLE);
    int at = text.indexOf(part);
    assertThat(at).as(part + " is there").isNotNegative();
    assertThat(text.indexOf(part, at + 1)).as(part + " is there once").isNegative();

    CommandRun run = conform(text.replace(part, broken));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.out()).containsPattern("(?m)^" + clause + " .* FAIL ");
  }

  @Test
  void exampleAsItIs_isConformant() throws IOException {
    CommandRun run = conform(Files.readString(EXAMPLE));

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains(": conformant: ");
  }

  /** Runs the directed cases on a copy of the example with that text. */
  private CommandRun conform(String text) throws IOException {
    Path script = Files.writeString(folder.resolve("adapter.py"), text);
    return CommandRun.of(
        "conform",
        "--target",
        "exec:python3 '" + script + "'",
        "--cases",
        "0",
        "--report",
        folder.resolve("report").toString());
  }
}
