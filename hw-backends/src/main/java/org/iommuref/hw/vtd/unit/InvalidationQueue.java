package org.iommuref.hw.vtd.unit;

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
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The invalidation queue: fetches a descriptor in one move and carries it out in the next, in
 * order. Manual 6.5.2.
 *
 * <p>IQH moves when a descriptor was fetched and found valid, which proves nothing about its
 * execution. Descriptors have 128 bits.
 */
@Clause({"VTD-035", "VTD-036", "VTD-037", "VTD-038", "VTD-039"})
final class InvalidationQueue {

  private static final int PAGE_BYTES = 4096;

  private final VtdConfiguration unit;
  private final DescriptorChecks checks;
  private final QueueRules rules;
  private final CommandRules commands;
  private final Memory memory;
  private final Steps steps;
  private final RegisterFile registers;
  private final InFlight inFlight;
  private final Invalidator invalidator;
  private final FaultRecorder faults;
  private final EventInterrupt completion;
  private @Nullable Atom fetched;

  InvalidationQueue(
      VtdParts parts,
      Memory memory,
      Steps steps,
      RegisterFile registers,
      InFlight inFlight,
      Invalidator invalidator,
      FaultRecorder faults,
      EventInterrupt completion) {
    this.unit = parts.configuration();
    this.checks = parts.descriptors();
    this.rules = parts.queue();
    this.commands = parts.commands();
    this.memory = memory;
    this.steps = steps;
    this.registers = registers;
    this.inFlight = inFlight;
    this.invalidator = invalidator;
    this.faults = faults;
    this.completion = completion;
    registers
        .row(Register.IQH, RegisterFile.Effect.NONE)
        .row(Register.IQT, RegisterFile.Effect.NONE)
        .row(Register.IQA, RegisterFile.Effect.NONE)
        .row(Register.ICS, (value, written) -> completionCleared(value))
        .row(Register.IQERCD, RegisterFile.Effect.NONE);
  }

  /** Whether a descriptor can be fetched, or the one that was fetched can be carried out. */
  boolean canMove() {
    if (fetched != null) {
      return !isWait(fetched) || rules.mayComplete(inFlight.isDraining());
    }
    return GlobalCommand.QIE.isSet(registers.get(Register.GSTS))
        && !FaultStatus.IQE.isSet(registers.get(Register.FSTS))
        && registers.get(Register.IQH) != registers.get(Register.IQT);
  }

  /** Fetches or carries out: one access to memory at most. */
  void advance() {
    Atom descriptor = fetched;
    if (descriptor == null) {
      fetch();
    } else {
      fetched = null;
      execute(descriptor);
    }
  }

  /** The queue was turned off: it starts over at its base, and what was fetched is dropped. */
  void disabled() {
    fetched = null;
    long head = registers.get(Register.IQH);
    registers.set(Register.IQH, commands.headWhenOff(head));
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
    Atom descriptor = memory.readAtom(at);
    error = checks.error(descriptor.low(), descriptor.high(), unit);
    if (error != 0) {
      stop(head, error);
      return;
    }
    fetched = descriptor;
    registers.set(Register.IQH, (head + InvalidationDescriptor.BYTES) % bytes());
    steps.report(new FetchDescriptor(head));
  }

  /** What is wrong before a descriptor is read: mode, width, tail; 0 for nothing. */
  private int registerError() {
    long mode = RootTableAddress.TTM.get(registers.get(Register.RTADDR));
    if (mode != RootTableAddress.TTM_LEGACY) {
      return QueueRegisters.IQEI_INVALID_MODE;
    }
    if (QueueRegisters.DW.isSet(registers.get(Register.IQA))) {
      return QueueRegisters.IQEI_INVALID_WIDTH;
    }
    return registers.get(Register.IQT) >= bytes() ? QueueRegisters.IQEI_INVALID_TAIL : 0;
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

  private void execute(Atom descriptor) {
    switch ((int) InvalidationDescriptor.TYPE.get(descriptor)) {
      case InvalidationDescriptor.TYPE_CONTEXT -> invalidateContext(descriptor);
      case InvalidationDescriptor.TYPE_IOTLB -> invalidateIotlb(descriptor);
      default -> completeWait(descriptor);
    }
  }

  private void invalidateContext(Atom descriptor) {
    ContextInvalidation order =
        new ContextInvalidation(
            (int) InvalidationDescriptor.G.get(descriptor),
            (int) InvalidationDescriptor.DID.get(descriptor) & unit.domainIdMask(),
            (int) InvalidationDescriptor.SID.get(descriptor),
            (int) InvalidationDescriptor.FM.get(descriptor));
    invalidator.execute(rules.carriedOut(order));
  }

  private void invalidateIotlb(Atom descriptor) {
    IotlbInvalidation order =
        new IotlbInvalidation(
            (int) InvalidationDescriptor.G.get(descriptor),
            (int) InvalidationDescriptor.DID.get(descriptor) & unit.domainIdMask(),
            InvalidationDescriptor.ADDR.address(descriptor.high()),
            (int) InvalidationDescriptor.AM.get(descriptor),
            InvalidationDescriptor.IH.isSet(descriptor.high()),
            InvalidationDescriptor.DR.isSet(descriptor.low()),
            InvalidationDescriptor.DW.isSet(descriptor.low()));
    invalidator.execute(rules.carriedOut(order));
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

  private static boolean isWait(Atom descriptor) {
    return InvalidationDescriptor.TYPE.get(descriptor) == InvalidationDescriptor.TYPE_WAIT;
  }

  private void completionCleared(long value) {
    if (!QueueRegisters.IWC.isSet(value)) {
      completion.settle();
    }
  }
}
