package org.iommuref.conformance.qemu;

import org.iommuref.spec.spi.Topology;

/**
 * An emulator whose devices are ready, and of which no case has used anything.
 *
 * @param emulator the emulator
 * @param unit its unit
 */
record StartedMachine(Emulator emulator, EmulatedUnit unit) implements AutoCloseable {

  /**
   * Starts a machine with the devices of a topology, and makes them usable.
   *
   * @throws QemuLostException if it does not answer
   */
  static StartedMachine start(Qemu qemu, Machine machine, Topology topology) {
    Emulator emulator = Emulator.start(qemu, machine, topology);
    try {
      return new StartedMachine(emulator, unit(emulator, machine, topology));
    } catch (RuntimeException e) {
      emulator.close();
      throw e;
    }
  }

  private static EmulatedUnit unit(Emulator emulator, Machine machine, Topology topology) {
    Qtest qtest = emulator.qtest();
    Requesters requesters =
        new Requesters(
            qtest, machine.configSpace(qtest), topology, machine.deviceWindows(), machine.tables());
    EmulatedUnit unit = new EmulatedUnit(machine, qtest, requesters, emulator.messages());
    unit.outbox(); // what the machine has sent while it was made ready is of no case
    return unit;
  }

  @Override
  public void close() {
    emulator.close();
  }
}
