package org.iommuref.conformance.qemu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.iommuref.conformance.process.ChildProcess;
import org.iommuref.conformance.process.Deadline;
import org.iommuref.conformance.process.Output;
import org.iommuref.conformance.process.ProcessOptions;

/** The version of a program of QEMU, as it says it itself. */
final class QemuVersion {

  private static final int LINE_LIMIT = 1000;

  private QemuVersion() {}

  /**
   * One line, as {@code QEMU emulator version 11.1.3}.
   *
   * @throws QemuAbsentException if the program cannot be started or says none
   */
  static String of(Path program, ProcessOptions options) {
    Deadline deadline = Deadline.in(options.startDeadline(), options.nanoTime());
    try (ChildProcess child =
        ChildProcess.start(List.of(program.toString(), "--version"), LINE_LIMIT)) {
      if (child.receive(deadline) instanceof Output.Line line) {
        return line.text();
      }
    } catch (IOException e) {
      throw new QemuAbsentException(String.valueOf(e.getMessage()));
    }
    throw new QemuAbsentException(program + " --version prints nothing");
  }
}
