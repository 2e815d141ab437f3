package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.iommuref.conformance.report.ReportSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantsCommandTest {

  private static final String FEW = "vtd-caching-mode";

  @Test
  void mutants_ofATarget_areKilledAndCounted() {
    CommandRun run = CommandRun.of("mutants", "--target", FEW);
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.CONFORMANT);
    long lines = run.out().lines().filter(line -> line.startsWith("killed ")).count();
    assertThat(lines).isPositive();
    assertThat(run.out())
        .endsWith(
            lines
                + " of "
                + lines
                + " mutants killed by a clause that they name"
                + System.lineSeparator());
  }

  @Test
  void mutants_withReport_writesTheMatrix(@TempDir Path folder) {
    Path into = folder.resolve("new/matrix");
    CommandRun run = CommandRun.of("mutants", "--target", FEW, "--report", into.toString());
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.CONFORMANT);
    assertThat(ReportSchemas.fitting("kill-matrix", into.resolve("kill-matrix.json")).path("full"))
        .hasToString("false");
    assertThat(into.resolve("kill-matrix.html")).isNotEmptyFile();
  }

  @Test
  void mutants_reportThatCannotBeWritten_isOneLineBehindTheMatrix(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    CommandRun run = CommandRun.of("mutants", "--target", FEW, "--report", file.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.BROKEN);
    assertThat(run.out()).contains("mutants killed by a clause that they name");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("iommuref: the matrix cannot be written: " + file);
  }

  @Test
  void mutants_ofWhatHasNone_isAUsageError() {
    CommandRun run = CommandRun.of("mutants", "--target", "mutant:ideal-free-attached");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().strip())
        .isEqualTo("iommuref: there are no mutants of mutant:ideal-free-attached");
  }

  @Test
  void mutants_ofUnknownTarget_isAUsageError() {
    CommandRun run = CommandRun.of("mutants", "--target", "nothing");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("unknown target 'nothing'");
  }
}
