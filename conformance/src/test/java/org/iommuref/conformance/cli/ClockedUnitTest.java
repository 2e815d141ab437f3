package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.process.Adapters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code conform --seam 1} on the example in C, a unit that moves by its clock, and on the same
 * built with one thing wrong. Skipped where there is no {@code cc}.
 */
class ClockedUnitTest {

  private static final Path EXAMPLE = Path.of("examples", "c");
  private static final List<String> SOURCES =
      List.of("adapter.c", "dut.c", "registers.c", "caches.c");

  private final Path folder;

  ClockedUnitTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void example_isConformant() throws Exception {
    CommandRun run = conform(0, "--validate");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).containsPattern(": conformant: \\d+ pass, 0 fail");
  }

  @Test
  void example_isSoundToTheDoctor() throws Exception {
    String unit = build(0);

    CommandRun run =
        CommandRun.of(Adapters.patient(), "doctor", "--seam", "1", "--target", "exec:" + unit);

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).doesNotContain("note ", "problem");
  }

  @ParameterizedTest
  @CsvSource({"1, VTD-030", "2, VTD-033", "3, VTD-011", "4, VTD-023", "5, VTD-004"})
  void exampleBuiltWithOneThingWrong_failsItsClause(int thing, String clause) throws Exception {
    CommandRun run = conform(thing, "--clause", clause);

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.out()).containsPattern("(?m)^" + clause + " .* FAIL ");
  }

  private CommandRun conform(int thing, String... options) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("conform", "--seam", "1", "--target", "exec:" + build(thing)));
    arguments.addAll(List.of("--report", folder.resolve("report").toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(Adapters.patient(), arguments.toArray(String[]::new));
  }

  /** Builds the example. Returns the program, quoted. */
  private String build(int thing) throws IOException, InterruptedException {
    Path program = folder.resolve("unit");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("cc", "-std=c11", "-DBREAK=" + thing, "-o", program.toString()));
    SOURCES.forEach(source -> command.add(EXAMPLE.resolve(source).toString()));
    Process compiler;
    try {
      compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return abort("there is no cc");
    }
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.waitFor()).as(said).isZero();
    return "'" + program + "'";
  }
}
