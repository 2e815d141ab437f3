package org.iommuref.hw.vtd.unit;

import java.util.function.BooleanSupplier;
import org.iommuref.hw.event.CompleteWait;
import org.iommuref.hw.event.FetchDescriptor;
import org.iommuref.hw.event.StopQueue;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The invalidation queue: fetches a descriptor in one move and carries it out in the next, in
 * order. Manual 6.5.2.
 *
 * <p>IQH moves when a descriptor was fetched and found valid, which proves nothing about its
 * execution. A descriptor of 256 bits is fetched in two moves of one atom each.
 */
@Clause({"VTD-035", "VTD-036", "VTD-037", "VTD-038", "VTD-039", "VTD-165", "VTD-166"})
final class InvalidationQueue {

  private static final int PAGE_BYTES = 4096;

  private final VtdConfiguration unit;
  private final DescriptorChecks checks;
  private final QueueRules rules;
  private final CommandRules commands;
  private final Memory memory;
  private final Steps steps;
  private final Footprint footprint;
  private final RegisterFile registers;
  private final InFlight inFlight;
  private final DescriptorActions actions;
  private final DeviceTlbs deviceTlbs;
  private final DeviceTlbRules deviceTlbRules;
  private final FaultRecorder faults;
  private final EventInterrupt completion;
  private final BooleanSupplier pagesPending;
  private @Nullable Atom half;
  private @Nullable Descriptor fetched;

  InvalidationQueue(
      VtdParts parts,
      Memory memory,
      Steps steps,
      Footprint footprint,
      RegisterFile registers,
      InFlight inFlight,
      DescriptorActions actions,
      DeviceTlbs deviceTlbs,
      FaultRecorder faults,
      EventInterrupt completion,
      BooleanSupplier pagesPending) {
    this.unit = parts.configuration();
    this.checks = parts.descriptors();
    this.rules = parts.queue();
    this.commands = parts.commands();
    this.memory = memory;
    this.steps = steps;
    this.footprint = footprint;
    this.registers = registers;
    this.inFlight = inFlight;
    this.actions = actions;
    this.deviceTlbs = deviceTlbs;
    this.deviceTlbRules = parts.scalable().deviceTlbs();
    this.faults = faults;
    this.completion = completion;
    this.pagesPending = pagesPending;
    registers
        .row(Register.IQH, RegisterFile.Effect.NONE)
        .row(Register.IQT, RegisterFile.Effect.NONE)
        .row(Register.IQA, RegisterFile.Effect.NONE)
        .row(Register.ICS, (value, written) -> completionCleared(value))
        .row(Register.IQERCD, RegisterFile.Effect.NONE);
  }

  /** Whether a descriptor can be fetched, or the one that was fetched can be carried out. */
  boolean canMove() {
    footprint.read(this, 0); // what was fetched
    Descriptor descriptor = fetched;
    if (descriptor != null) {
      return descriptor.isWait() ? mayComplete(descriptor) : actions.canExecute(descriptor);
    }
    long status = registers.get(Register.FSTS);
    return GlobalCommand.QIE.isSet(registers.get(Register.GSTS))
        && !FaultStatus.IQE.isSet(status)
        && !FaultStatus.ITE.isSet(status)
        && registers.get(Register.IQH) != registers.get(Register.IQT);
  }

  private boolean mayComplete(Descriptor wait) {
    boolean devices = rules.waitsForDevices() && deviceTlbs.isPending();
    boolean pages = wait.has(InvalidationDescriptor.PD) && pagesPending.getAsBoolean();
    return rules.mayComplete(inFlight.isDraining()) && !devices && !pages;
  }

  /** Fetches or carries out: one access to memory at most. */
  void advance() {
    footprint.write(this, 0);
    Descriptor descriptor = fetched;
    if (descriptor == null) {
      fetch();
    } else {
      fetched = null;
      execute(descriptor);
    }
  }

  /** The queue was turned off: it starts over at its base, and what was fetched is dropped. */
  void disabled() {
    footprint.write(this, 0);
    fetched = null;
    half = null;
    long head = registers.get(Register.IQH);
    registers.set(Register.IQH, commands.headWhenOff(head));
  }

  /** An invalidation of a device-TLB has timed out: waits in hand never complete. VTD-168 */
  @Clause("VTD-168")
  void timedOut() {
    footprint.write(this, 0);
    Descriptor descriptor = fetched;
    if (descriptor != null && descriptor.isWait() && deviceTlbRules.abortsWaits()) {
      fetched = null;
    }
  }

  private void fetch() {
    long head = registers.get(Register.IQH);
    int error = registerError();
    if (error != 0) {
      stop(head, error);
      return;
    }
    long at = QueueRegisters.IQA.address(registers.get(Register.IQA)) + head;
    if (!memory.contains(at)) {
      stop(head, QueueRegisters.IQEI_FETCH_ERROR);
      return;
    }
    Atom first = half;
    if (isWide() && first == null) {
      half = memory.readAtom(at);
      return;
    }
    half = null;
    long mode = mode();
    Descriptor descriptor =
        rules.seen(
            first == null
                ? new Descriptor(mode, memory.readAtom(at), Descriptor.NOTHING)
                : new Descriptor(mode, first, memory.readAtom(at + InvalidationDescriptor.BYTES)));
    error = checks.error(descriptor, unit);
    if (error != 0) {
      stop(head, error);
      return;
    }
    fetched = descriptor;
    int size = InvalidationDescriptor.BYTES * (isWide() ? 2 : 1);
    registers.set(Register.IQH, (head + size) % bytes());
    steps.report(new FetchDescriptor(head));
  }

  /** What is wrong before a descriptor is read: mode, width, tail; 0 for nothing. */
  private int registerError() {
    return rules.registerError(mode(), isWide(), registers.get(Register.IQT), bytes(), unit);
  }

  private long mode() {
    return RootTableAddress.TTM.get(registers.get(Register.RTADDR));
  }

  private boolean isWide() {
    return QueueRegisters.DW.isSet(registers.get(Register.IQA));
  }

  private long bytes() {
    return (long) PAGE_BYTES << QueueRegisters.QS.get(registers.get(Register.IQA));
  }

  /** IQH stays on the descriptor; the queue goes on when software clears IQE. VTD-037 */
  private void stop(long head, int error) {
    registers.set(Register.IQERCD, QueueRegisters.IQEI, error);
    faults.raise(FaultStatus.IQE);
    steps.report(new StopQueue(head, error));
  }

  private void execute(Descriptor descriptor) {
    if (descriptor.isWait()) {
      completeWait(descriptor.content());
    } else {
      actions.execute(descriptor);
    }
  }

  /** Writes the status, then sets IWC: each if the descriptor asks for it. */
  private void completeWait(Atom descriptor) {
    long address = InvalidationDescriptor.STATUS_ADDRESS.address(descriptor.high());
    int data = (int) InvalidationDescriptor.STATUS_DATA.get(descriptor);
    boolean writes = InvalidationDescriptor.SW.isSet(descriptor.low()) && memory.contains(address);
    if (writes) {
      memory.writeInt(address, data);
    }
    if (rules.setsCompletion(InvalidationDescriptor.IF.isSet(descriptor.low()))) {
      boolean quiet = !QueueRegisters.IWC.isSet(registers.get(Register.ICS));
      registers.set(Register.ICS, QueueRegisters.IWC, 1);
      if (quiet) {
        completion.raise();
      }
    }
    steps.report(new CompleteWait(writes ? address : -1, data));
  }

  private void completionCleared(long value) {
    if (!QueueRegisters.IWC.isSet(value)) {
      completion.settle();
    }
  }
}
