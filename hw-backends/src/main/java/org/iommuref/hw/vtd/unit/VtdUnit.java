package org.iommuref.hw.vtd.unit;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.event.StartDma;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.InterruptMessage;
import org.iommuref.spec.unit.MessagingUnit;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.Translator;
import org.iommuref.spec.unit.UnitMessage;
import org.jspecify.annotations.Nullable;

/**
 * A VT-d unit: legacy mode, and scalable mode where its configuration has it.
 *
 * <p>Its machines are one for each request slot, one for page requests and one for interrupts where
 * it has them and, last, the invalidation queue; each move makes at most one access to memory and
 * reports one event. A slot is free again when its answer was fetched.
 */
public final class VtdUnit implements MessagingUnit, Translator {

  private final Steps steps;
  private final Footprint footprint;
  private final RegisterFile registers;
  private final InFlight inFlight;
  private final DmaMachine requests;
  private final DmaRequest alone;
  private final InvalidationQueue queue;
  private final DeviceTlbs deviceTlbs;
  private final InterruptRemapper interrupts;
  private final boolean hasInterrupts;
  private final boolean hasPageRequests;
  private final PageRequestQueue pageRequests;
  private final List<UnitMessage> sent = new ArrayList<>();

  /** A unit of these parts after reset: translation off, queue off, caches empty. */
  public VtdUnit(VtdParts parts, Environment environment) {
    this(
        parts,
        environment.memory(),
        environment.steps(),
        environment.footprint(),
        environment.caches());
  }

  /** A unit of these parts after reset, on these. */
  public VtdUnit(
      VtdParts parts, Memory memory, Steps steps, Footprint footprint, CachePolicy policy) {
    VtdConfiguration unit = parts.configuration();
    this.steps = steps;
    this.footprint = footprint;
    this.registers = new RegisterFile(parts, footprint);
    this.inFlight = new InFlight(unit.requestSlots(), footprint);
    EventInterrupt faultEvent = EventInterrupt.ofFaults(registers, this::send);
    EventInterrupt completionEvent = EventInterrupt.ofCompletions(registers, this::send);
    UnitCaches caches = new UnitCaches(parts, policy, steps, footprint);
    FaultRecorder faults = new FaultRecorder(parts, registers, faultEvent);
    Invalidator invalidator = new Invalidator(parts, caches, inFlight, steps);
    this.interrupts =
        new InterruptRemapper(
            parts, memory, steps, footprint, policy, registers, faults, this::send);
    this.deviceTlbs = new DeviceTlbs(parts, registers, faults, footprint, this::send);
    this.queue =
        new InvalidationQueue(
            parts,
            memory,
            steps,
            footprint,
            registers,
            inFlight,
            new DescriptorActions(parts, invalidator, deviceTlbs, interrupts, this::send),
            deviceTlbs,
            faults,
            completionEvent,
            this::delaysWait);
    GlobalCommands commands =
        new GlobalCommands(
            parts, registers, inFlight, faults, invalidator, interrupts, queue::disabled);
    this.requests = new DmaMachine(parts, memory, steps, commands, caches, faults, inFlight);
    this.alone = new DmaRequest(unit.requestSlots());
    this.hasInterrupts = unit.has(ExtendedCapability.IR);
    this.hasPageRequests = unit.has(ExtendedCapability.PRS);
    this.pageRequests =
        new PageRequestQueue(
            parts,
            memory,
            steps,
            footprint,
            registers,
            commands,
            caches.scalable(),
            invalidator,
            faults,
            this::send);
    new RegisterInvalidation(parts, registers, inFlight, invalidator).declareRows();
    registers
        .row(Register.VER, unit.version(), RegisterFile.Effect.NONE)
        .row(Register.CAP, unit.capability(), RegisterFile.Effect.NONE)
        .row(Register.ECAP, unit.extendedCapability(), RegisterFile.Effect.NONE)
        .row(Register.FSTS, (value, written) -> statusWritten(faults, value));
  }

  /** What IQERCD tells of an error goes with its bit. */
  private void statusWritten(FaultRecorder faults, long value) {
    forget(FaultStatus.IQE, value, QueueRegisters.IQEI);
    forget(FaultStatus.ITE, value, QueueRegisters.ITESID);
    forget(FaultStatus.ICE, value, QueueRegisters.ICESID);
    faults.statusCleared();
  }

  private void forget(Field error, long status, Field detail) {
    if (!error.isSet(status)) {
      registers.set(Register.IQERCD, detail, 0);
    }
  }

  private void send(UnitMessage message) {
    footprint.write(sent, 0);
    sent.add(message);
  }

  @Override
  public long readRegister(int offset, int width) {
    return registers.read(offset, width);
  }

  @Override
  public void writeRegister(int offset, int width, long value) {
    registers.write(offset, width, value);
  }

  @Override
  public int request(DeviceAccess access) {
    return request(BusRequest.of(access));
  }

  @Override
  public int request(BusRequest access) {
    int slot = inFlight.free();
    if (slot >= 0) {
      inFlight.change(slot).take(access);
      steps.report(new StartDma(slot, access.address()));
    }
    return slot;
  }

  /**
   * The same moves as those of a request in a slot, one behind the other. An invalidation cannot
   * come between, so there is nothing to start anew or to drain.
   */
  @Override
  public long translate(int rid, int pasid, long address, AccessKind kind) {
    alone.take(rid, pasid, address, kind);
    return requests.translate(alone);
  }

  @Override
  public @Nullable AccessOutcome answer(int slot) {
    DmaRequest request = inFlight.change(slot);
    if (request.stage() != DmaRequest.Stage.ANSWERED) {
      return null;
    }
    AccessOutcome outcome = request.outcome;
    request.stage = DmaRequest.Stage.FREE;
    return outcome;
  }

  @Override
  public @Nullable TranslationCompletion completion(int slot) {
    DmaRequest request = inFlight.change(slot);
    TranslationCompletion completion = request.completion;
    if (request.stage() != DmaRequest.Stage.ANSWERED || completion == null) {
      return null;
    }
    request.stage = DmaRequest.Stage.FREE;
    return completion;
  }

  @Override
  public boolean isAnswered(int slot) {
    return inFlight.peek(slot).stage() == DmaRequest.Stage.ANSWERED;
  }

  /** How far the request in a slot is; changes nothing. */
  DmaRequest.Stage stageOf(int slot) {
    return inFlight.peek(slot).stage();
  }

  @Override
  public void hold(int slot) {
    inFlight.change(slot).held = true;
  }

  @Override
  public void release(int slot) {
    inFlight.change(slot).held = false;
  }

  @Override
  public boolean hasSent() {
    footprint.read(sent, 0);
    return !sent.isEmpty();
  }

  @Override
  public List<UnitMessage> outbox() {
    footprint.write(sent, 0);
    List<UnitMessage> messages = List.copyOf(sent);
    sent.clear();
    return messages;
  }

  /** Devices that do not complete an invalidation in time are given up. */
  @Override
  public void elapse(long nanoseconds) {
    if (deviceTlbs.elapse(nanoseconds)) {
      queue.timedOut();
    }
  }

  @Override
  public void pageRequest(PageRequestMessage request) {
    pageRequests.take(request);
  }

  @Override
  public void interrupt(InterruptMessage message) {
    interrupts.take(message);
  }

  private boolean delaysWait() {
    return pageRequests.delaysWait();
  }

  @Override
  public void invalidationCompleted(Rid from, int tags, int count) {
    deviceTlbs.completed(from, tags, count);
  }

  @Override
  public int machines() {
    return inFlight.slots() + (hasInterrupts ? 1 : 0) + (hasPageRequests ? 1 : 0) + 1;
  }

  @Override
  public boolean enabled(int index) {
    if (isQueue(index)) {
      return queue.canMove();
    }
    if (isInterrupts(index)) {
      return interrupts.isBusy();
    }
    return isPageRequests(index) ? pageRequests.isBusy() : inFlight.peek(index).canMove();
  }

  @Override
  public void advance(int index) {
    if (isQueue(index)) {
      queue.advance();
    } else if (isInterrupts(index)) {
      interrupts.advance();
    } else if (isPageRequests(index)) {
      pageRequests.advance();
    } else {
      requests.advance(index);
    }
  }

  @Override
  public String machineName(int index) {
    if (isQueue(index)) {
      return "invalidation queue";
    }
    if (isInterrupts(index)) {
      return "interrupts";
    }
    return isPageRequests(index) ? "page requests" : "request " + index;
  }

  private boolean isQueue(int index) {
    return index == machines() - 1;
  }

  private boolean isInterrupts(int index) {
    return hasInterrupts && index == machines() - 2;
  }

  private boolean isPageRequests(int index) {
    return index == inFlight.slots();
  }
}
