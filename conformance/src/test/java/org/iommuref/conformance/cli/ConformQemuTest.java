package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command line of the emulator targets, where there is no emulator. */
class ConformQemuTest {

  @Test
  void qemuThatIsNotThere_isExitCode2_inOneLine() {
    CommandRun run =
        CommandRun.of("conform", "--target", "qemu:intel-iommu", "--qemu", "no/such/program");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("iommuref: no/such/program cannot emulate intel-iommu: ")
        .hasLineCount(1);
  }

  @Test
  void programThatCannotEmulateTheMachine_isExitCode2_withItsLastWords() {
    Path fake = Path.of("src", "test", "resources", "qemu", "no-iommu.sh");
    CommandRun run =
        CommandRun.of("conform", "--target", "qemu:intel-iommu", "--qemu", fake.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "iommuref: "
                + fake
                + " cannot emulate intel-iommu: QEMU ended with code 1:"
                + " 'intel-iommu' is not a valid device model name\n");
  }

  @Test
  void iommuThatNobodyKnows_isAUsageError_thatSaysWhatThereIs() {
    CommandRun run = CommandRun.of("conform", "--target", "qemu:acme-iommu");
    assertThat(run.exitCode()).isEqualTo(64);
    assertThat(run.err())
        .isEqualTo(
            "iommuref: unknown target 'qemu:acme-iommu'; of QEMU there is qemu:intel-iommu\n");
  }
}
