package org.iommuref.conformance.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to an emulator and what comes back; a script stands for the emulator. */
class LinuxMachineTest {

  private static final String ANSWERING =
      "while read -r line; do case $line in .) echo .;; i*) echo -22;; e) exit;; *) echo 0;; esac;"
          + " done\n";

  @TempDir private Path folder = Path.of("");

  private LinuxMachine start(String script) throws IOException {
    Path qemu = folder.resolve("qemu");
    Files.writeString(qemu, "#!/bin/sh\ncd '" + folder + "'\necho start >> starts\n" + script);
    Files.setPosixFilePermissions(qemu, PosixFilePermissions.fromString("rwx------"));
    return LinuxMachine.start(
        qemu.toString(), Path.of("bzImage"), Path.of("agent.gz"), folder.resolve("log"));
  }

  private int starts() throws IOException {
    return Files.readAllLines(folder.resolve("starts")).size();
  }

  @Test
  void agent_saysWhichKernelItIs_andAnswersEachCall() throws IOException {
    try (LinuxMachine machine = start("echo ready 7.2.99\n" + ANSWERING)) {
      assertThat(machine.release()).isEqualTo("7.2.99");
      try (Program program = machine.start()) {
        assertThat(program.make(List.of(new SystemCall.Open(), new SystemCall.Ioctl(3, 1, 0))))
            .containsExactly("0", "-22");
      }
    }
    assertThat(starts()).isEqualTo(1);
  }

  @Test
  void machineThatEnds_leavesTheAnswersBeforeItsEnd() throws IOException {
    String complaint = "echo 'WARNING: drivers/a.c:7 at 0xffff, CPU#0: init/1' > log\n";
    try (LinuxMachine machine = start(complaint + "echo ready 7.2.99\n" + ANSWERING)) {
      Program program = machine.start();
      assertThatThrownBy(() -> program.make(List.of(new SystemCall.Open(), new SystemCall.Exit())))
          .isInstanceOfSatisfying(
              MachineDiedException.class,
              died -> {
                assertThat(died.answers()).containsExactly("0");
                assertThat(died.inWords()).isEqualTo("the kernel died: WARNING: drivers/a.c:7");
              });
      assertThatThrownBy(program::close).isInstanceOf(MachineDiedException.class);
    }
  }

  @Test
  void machineThatDoesNotComeUp_isStartedAgain() throws IOException {
    String second = "[ $(wc -l < starts) -ge 2 ] || exit 1\necho ready 7.2.99\n" + ANSWERING;
    try (LinuxMachine machine = start(second)) {
      assertThat(machine.release()).isEqualTo("7.2.99");
    }
    assertThat(starts()).isEqualTo(2);
  }

  @Test
  void machineThatNeverComesUp_isGivenUp() throws IOException {
    assertThatThrownBy(() -> start("echo something else\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the kernel bzImage did not start its agent; see ");
    assertThat(starts()).isEqualTo(3);
  }
}
