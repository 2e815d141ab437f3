package org.iommuref.hw.vtd.unit;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.iommuref.hw.event.WritePageRequest;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.PageGroupResponse;
import org.jspecify.annotations.Nullable;

/**
 * The page requests of devices, one after the other: to the PASID entry, out of the IOTLB, into the
 * queue. Manual 7.4.
 *
 * <p>Each move makes at most one access to memory; a descriptor is written in two, and PQT moves
 * with the second.
 */
final class PageRequestQueue {

  private static final int PAGE_BYTES = 4096;

  private final VtdConfiguration unit;
  private final PageRequestRules rules;
  private final WalkChecks checks;
  private final Memory memory;
  private final Steps steps;
  private final Footprint footprint;
  private final RegisterFile registers;
  private final GlobalCommands commands;
  private final ScalableCaches caches;
  private final Invalidator invalidator;
  private final StructureWalk structures;
  private final FaultRecorder faults;
  private final EventInterrupt event;
  private final Consumer<UnitMessage> outbox;
  private final DmaRequest walker;
  private final ArrayDeque<PageRequestMessage> arrived = new ArrayDeque<>();
  private @Nullable Atom halfWritten;

  PageRequestQueue(
      VtdParts parts,
      Memory memory,
      Steps steps,
      Footprint footprint,
      RegisterFile registers,
      GlobalCommands commands,
      ScalableCaches caches,
      Invalidator invalidator,
      FaultRecorder faults,
      Consumer<UnitMessage> outbox) {
    this.unit = parts.configuration();
    this.rules = parts.scalable().pageRequests();
    this.checks = parts.checks();
    this.memory = memory;
    this.steps = steps;
    this.footprint = footprint;
    this.registers = registers;
    this.commands = commands;
    this.caches = caches;
    this.invalidator = invalidator;
    this.structures = new StructureWalk(parts, memory, new DmaEvents(steps), caches);
    this.faults = faults;
    this.outbox = outbox;
    this.walker = new DmaRequest(unit.requestSlots());
    boolean exists = unit.has(ExtendedCapability.PRS);
    this.event = EventInterrupt.ofPageRequests(registers, outbox, exists);
    if (exists) {
      declareRows();
    }
  }

  private void declareRows() {
    registers
        .row(Register.PQH, RegisterFile.Effect.NONE)
        .row(Register.PQT, RegisterFile.Effect.NONE)
        .row(Register.PQA, RegisterFile.Effect.NONE)
        .row(Register.PRS, (value, written) -> statusCleared(value));
  }

  /** A device asks. */
  void take(PageRequestMessage request) {
    footprint.write(this, 0);
    if (unit.has(ExtendedCapability.PRS)) {
      arrived.add(request);
    } else {
      respond(request, PageRequestRules.INVALID);
    }
  }

  /** Whether a request is not in the queue yet. */
  boolean isBusy() {
    footprint.read(this, 0);
    return !arrived.isEmpty();
  }

  /** Whether a wait descriptor with PD may not complete yet. */
  @Clause("VTD-190")
  boolean delaysWait() {
    footprint.read(this, 0);
    return rules.delaysWait(arrived.size(), halfWritten != null);
  }

  /** Moves the request in hand by one access. */
  @Clause({"VTD-185", "VTD-186", "VTD-187"})
  void advance() {
    footprint.write(this, 0);
    PageRequestMessage request = arrived.element();
    FaultReason refusal =
        switch (walker.stage()) {
          case FREE -> begin(request);
          case SCALABLE_CONTEXT -> structures.readContext(walker);
          case PASID_DIRECTORY -> structures.readDirectory(walker);
          case PASID_ENTRY -> structures.readPasidEntry(walker);
          default -> enqueue(request);
        };
    if (refusal != null) {
      faults.record(walker, refusal);
      respond(request, PageRequestRules.INVALID);
      done();
    }
  }

  private @Nullable FaultReason begin(PageRequestMessage request) {
    walker.take(request);
    if (!commands.translates()) {
      respond(request, PageRequestRules.INVALID);
      done();
      return null;
    }
    long rootTable = commands.rootTable();
    FaultReason refusal = checks.request().refusal(walker, rootTable, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    if (!rules.isServed(RootTableAddress.TTM.get(rootTable))) {
      return FaultReason.RTA_3;
    }
    ScalableContextCacheEntry context = caches.context(walker);
    return context == null
        ? structures.readRoot(walker, rootTable)
        : structures.use(walker, context);
  }

  /** The tables admit the request. */
  @Clause({"VTD-185", "VTD-188"})
  private @Nullable FaultReason enqueue(PageRequestMessage request) {
    long tail = registers.get(Register.PQT);
    long at = PageRequestRegisters.PQA.address(registers.get(Register.PQA)) + tail;
    if (halfWritten != null) {
      memory.writeAtom(at + 16, new Atom(0, 0));
      registers.set(Register.PQT, (tail + PageRequestRegisters.BYTES) % bytes());
      steps.report(new WritePageRequest(tail));
      raise(PageRequestRegisters.PPR);
      done();
      return null;
    }
    invalidate();
    long status = registers.get(Register.PRS);
    boolean full = rules.isFull(registers.get(Register.PQH), tail, bytes());
    if (rules.isDropped(PageRequestRegisters.PRO.isSet(status)) || full) {
      raise(PageRequestRegisters.PRO);
      respond(request, PageRequestRules.SUCCESS);
      done();
      return null;
    }
    halfWritten = rules.descriptor(request);
    memory.writeAtom(at, halfWritten);
    return null;
  }

  /** The device must not meet again what made it ask. */
  @Clause("VTD-189")
  private void invalidate() {
    PasidIotlbInvalidation ofPasid = rules.invalidatedOfPasid(walker);
    if (ofPasid != null) {
      invalidator.executeWithoutDrain(ofPasid);
    }
    IotlbInvalidation ofDomain = rules.invalidatedOfDomain(walker);
    if (ofDomain != null) {
      invalidator.executeWithoutDrain(ofDomain);
    }
  }

  private void raise(Field condition) {
    boolean quiet = registers.get(Register.PRS) == 0;
    registers.set(Register.PRS, condition, 1);
    if (quiet) {
      event.raise();
    }
  }

  private void statusCleared(long value) {
    if (value == 0) {
      event.settle();
    }
  }

  private void respond(PageRequestMessage request, int code) {
    if (rules.isAnswered(request)) {
      outbox.accept(new PageGroupResponse(request.rid(), request.pasid(), request.group(), code));
    }
  }

  private void done() {
    arrived.remove();
    halfWritten = null;
    walker.stage = DmaRequest.Stage.FREE;
  }

  private long bytes() {
    return (long) PAGE_BYTES << PageRequestRegisters.PQS.get(registers.get(Register.PQA));
  }
}
