package org.iommuref.conformance.qemu;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A QEMU that runs.
 *
 * @param qtest what it is told
 * @param messages the interrupt messages that its unit sends, where it remaps interrupts
 */
record Emulator(Qtest qtest, @Nullable MessageLog messages) implements AutoCloseable {

  /**
   * Starts a machine with the devices of a topology.
   *
   * @throws QemuLostException if it does not answer
   */
  static Emulator start(Qemu qemu, Machine machine, Topology topology) {
    List<String> arguments = new ArrayList<>(machine.arguments());
    arguments.addAll(Requesters.arguments(topology));
    MessageLog messages = machine.remapsInterrupts() ? MessageLog.create() : null;
    if (messages != null) {
      arguments.addAll(messages.arguments());
    }
    try {
      return new Emulator(qemu.start(arguments), messages);
    } catch (QemuLostException e) {
      if (messages != null) {
        messages.close();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    qtest.close();
    if (messages != null) {
      messages.close();
    }
  }
}
