package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.conformance.process.Adapters;
import org.iommuref.conformance.process.NeedsPython;
import org.junit.jupiter.api.Test;

@NeedsPython
class DoctorCommandTest {

  @Test
  void doctor_example_hasNothingWrong() {
    CommandRun run = doctor("exec:" + Adapters.example());

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .startsWith("fine     It says hello: python-example 1.0.\n")
        .contains("fine     A page can be mapped, read by a device, and unmapped.\n")
        .doesNotContain("problem ")
        .contains("nothing is wrong; next: ./iommuref conform --target 'exec:python3 ");
  }

  @Test
  void doctor_adapterWithAProblem_isOne() {
    CommandRun run = doctor("exec:" + Adapters.misbehaving("rude"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.out())
        .contains("problem  An operation that it does not know is too much for it: ")
        .endsWith("\n1 problem\n");
  }

  @Test
  void doctor_adapterWithoutHello_isSeventy() {
    CommandRun run = doctor("exec:" + Adapters.misbehaving("ends"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.BROKEN);
    assertThat(run.out()).contains("problem  It ended with exit code 3; its stderr ends: ");
  }

  @Test
  void doctor_targetOfThisProcess_isAskedForOperationsAlone() {
    CommandRun run = doctor("ideal");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            fine     A page can be mapped, read by a device, and unmapped.
            nothing is wrong; next: ./iommuref conform --target ideal
            """);
  }

  @Test
  void doctor_unit_isAskedAtItsSeam() {
    CommandRun run = CommandRun.of("doctor", "--seam", "1", "--target", "vtd-full");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            fine     Its registers and memory can be used, and a reset undoes what was done.
            nothing is wrong; next: ./iommuref conform --seam 1 --target vtd-full
            """);
  }

  @Test
  void doctor_targetThatThereIsNot_isUsage() {
    assertUsage(doctor("ideel"), "iommuref: unknown target 'ideel'; there are ideal, ");
    assertUsage(doctor("exec: "), "iommuref: --target exec: : the command is empty");
    assertUsage(
        doctor("exec:a 'b"), "iommuref: --target exec:a 'b: a quote is not closed in: a 'b");
    assertUsage(
        CommandRun.of("doctor", "--seam", "4", "--target", "vtd"),
        "iommuref: there is nothing to examine at seam 4; there is at 1, 2 and 3");
    assertUsage(CommandRun.of("doctor"), "iommuref: Missing required option: '--target=T'");
  }

  private static void assertUsage(CommandRun run, String line) {
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(line);
  }

  private static CommandRun doctor(String target) {
    return CommandRun.of("doctor", "--target", target);
  }
}
