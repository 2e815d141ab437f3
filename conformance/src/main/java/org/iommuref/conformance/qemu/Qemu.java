package org.iommuref.conformance.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.process.ChildProcess;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.spec.operation.Reply.Loss;

/**
 * A program of QEMU that can be started with its qtest on stdin and stdout.
 *
 * <p>Where the program has the accelerator {@code qtest}, no CPU runs. Debian leaves it out of 7.2
 * and 10.0: there the CPU stands in a loop of {@code hlt} from its reset vector on, and virtual
 * time advances by instructions, hence not at all.
 */
final class Qemu {

  private static final int LINE_LIMIT = 1 << 16;
  private static final List<String> COMMON =
      List.of(
          "-display",
          "none",
          "-nodefaults",
          "-no-user-config",
          "-qtest",
          "stdio",
          "-qtest-log",
          "none");
  private static final List<String> NO_CPU = List.of("-accel", "qtest");

  private static final int FIRMWARE_BYTES = 0x1_0000;
  private static final int RESET_VECTOR = 0xfff0;
  private static final byte[] CLI_HLT_JMP_BACK = {
    (byte) 0xfa, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd
  };

  private final Path program;
  private final ProcessOptions options;
  private final List<String> acceleration;

  private Qemu(Path program, ProcessOptions options, List<String> acceleration) {
    this.program = program;
    this.options = options;
    this.acceleration = acceleration;
  }

  /**
   * A program that a machine has been started with once.
   *
   * @throws QemuAbsentException if it cannot be started, or not with that machine
   */
  static Qemu of(Path program, Machine machine, ProcessOptions options) {
    Qemu withoutCpu = new Qemu(program, options, NO_CPU);
    if (withoutCpu.problem(List.of("-machine", "none")).isEmpty()) {
      withoutCpu.require(machine);
      return withoutCpu;
    }
    Qemu halted = new Qemu(program, options, haltedCpu());
    halted.require(machine);
    return halted;
  }

  /** Starts it; the machine answers. */
  Qtest start(List<String> machine) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(COMMON);
    command.addAll(acceleration);
    command.addAll(machine);
    Qtest qtest;
    try {
      qtest = new Qtest(ChildProcess.start(command, LINE_LIMIT), options);
    } catch (IOException e) {
      throw new QemuLostException(Loss.CRASH, String.valueOf(e.getMessage()));
    }
    try {
      qtest.awaitStart();
      return qtest;
    } catch (QemuLostException e) {
      qtest.close();
      throw e;
    }
  }

  private void require(Machine machine) {
    String problem = problem(machine.arguments());
    if (!problem.isEmpty()) {
      throw new QemuAbsentException(program + " cannot emulate " + machine.name() + ": " + problem);
    }
  }

  private String problem(List<String> machine) {
    try {
      start(machine).close();
      return "";
    } catch (QemuLostException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<String> haltedCpu() {
    byte[] firmware = new byte[FIRMWARE_BYTES];
    System.arraycopy(CLI_HLT_JMP_BACK, 0, firmware, RESET_VECTOR, CLI_HLT_JMP_BACK.length);
    try {
      Path file = Files.createTempFile("iommuref-halt", ".bin");
      file.toFile().deleteOnExit();
      Files.write(file, firmware);
      return List.of(
          "-accel", "tcg", "-icount", "shift=0,align=off,sleep=off", "-bios", file.toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the firmware of the halted CPU cannot be written", e);
    }
  }
}
