package org.iommuref.hw.vtd.unit;

import java.util.function.Consumer;
import org.iommuref.hw.vtd.layout.EventMessage;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.unit.UnitMessage;

/**
 * An event that is signalled by an interrupt message: control, data, address and upper address
 * registers. Manual 7.3 and 6.5.2.10.
 */
final class EventInterrupt {

  private final RegisterFile registers;
  private final Register control;
  private final Register data;
  private final Register address;
  private final Register upperAddress;
  private final Consumer<UnitMessage> outbox;

  private EventInterrupt(
      RegisterFile registers,
      Register control,
      Register data,
      Register address,
      Register upperAddress,
      Consumer<UnitMessage> outbox) {
    this.registers = registers;
    this.control = control;
    this.data = data;
    this.address = address;
    this.upperAddress = upperAddress;
    this.outbox = outbox;
  }

  /** The event of faults and queue errors, with its rows. */
  static EventInterrupt ofFaults(RegisterFile registers, Consumer<UnitMessage> outbox) {
    EventInterrupt event =
        new EventInterrupt(
            registers, Register.FECTL, Register.FEDATA, Register.FEADDR, Register.FEUADDR, outbox);
    event.declareRows();
    return event;
  }

  /** The event of completed wait descriptors, with its rows. */
  static EventInterrupt ofCompletions(RegisterFile registers, Consumer<UnitMessage> outbox) {
    EventInterrupt event =
        new EventInterrupt(
            registers, Register.IECTL, Register.IEDATA, Register.IEADDR, Register.IEUADDR, outbox);
    event.declareRows();
    return event;
  }

  /** The event of page requests, with its rows in a unit that has them. */
  static EventInterrupt ofPageRequests(
      RegisterFile registers, Consumer<UnitMessage> outbox, boolean declared) {
    EventInterrupt event =
        new EventInterrupt(
            registers, Register.PECTL, Register.PEDATA, Register.PEADDR, Register.PEUADDR, outbox);
    if (declared) {
      event.declareRows();
    }
    return event;
  }

  private void declareRows() {
    registers
        .row(control, EventMessage.CONTROL_AFTER_RESET & 0xffff_ffffL, this::controlWritten)
        .row(data, RegisterFile.Effect.NONE)
        .row(address, RegisterFile.Effect.NONE)
        .row(upperAddress, RegisterFile.Effect.NONE);
  }

  /** A condition came up while none of its group was there: the message is sent, or waits. */
  void raise() {
    long held = registers.get(control);
    if (EventMessage.IM.isSet(held)) {
      registers.set(control, EventMessage.IP.put(held, 1));
    } else {
      send();
    }
  }

  /** No condition of the group is left: a message that waits is not sent any more. */
  void settle() {
    long held = registers.get(control);
    if (EventMessage.IP.isSet(held)) {
      registers.set(control, EventMessage.IP.put(held, 0));
    }
  }

  private void controlWritten(long value, long written) {
    if (EventMessage.IP.isSet(value) && !EventMessage.IM.isSet(value)) {
      registers.set(control, EventMessage.IP, 0);
      send();
    }
  }

  private void send() {
    long to = registers.get(upperAddress) << 32 | registers.get(address);
    outbox.accept(new UnitMessage.Msi(to, (int) registers.get(data)));
  }
}
