package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.unit.ScalableWalk.Purpose;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * First-stage walk: address to page through four or five levels of tables, which a nested walk
 * reaches through the second stage. Manual 3.6 and 3.8.
 *
 * <p>Each move reads one entry, or sets its flags by one atomic access; an entry that changed in
 * between is read again. The leaf's flags are set last, when nothing can refuse the request any
 * more: D must never stand for a write that did not happen.
 */
final class FirstStageWalk {

  private static final long PAGE_MASK = ~0xfffL;

  private final VtdConfiguration unit;
  private final ScalableChecks checks;
  private final EntryRules rules;
  private final TableGeometry geometry;
  private final Memory memory;
  private final DmaEvents events;
  private final ScalableCaches caches;
  private final ScalableSecondStageWalk secondStage;
  private final ScalableSecondStageWalk.Continuation continuation;

  FirstStageWalk(
      VtdParts parts,
      Memory memory,
      DmaEvents events,
      ScalableCaches caches,
      ScalableSecondStageWalk.Continuation continuation) {
    this.unit = parts.configuration();
    this.checks = parts.scalable().checks();
    this.rules = parts.scalable().entries();
    this.geometry = parts.geometry();
    this.memory = memory;
    this.events = events;
    this.caches = caches;
    this.continuation = continuation;
    this.secondStage =
        new ScalableSecondStageWalk(parts, memory, events, caches, this::throughSecondStage);
  }

  /** The second stage, alone or under this. */
  ScalableSecondStageWalk secondStage() {
    return secondStage;
  }

  /** Begins at the PASID entry. Returns why the request is refused, or null. */
  @Clause({"VTD-140", "VTD-150"})
  @Nullable FaultReason enter(DmaRequest request) {
    ScalableWalk walk = request.walk;
    walk.topTable = true;
    walk.firstLevel = rules.firstStageLevels(walk);
    FirstStagePointer cached = caches.firstStage(request);
    if (cached == null) {
      return toTable(request, walk.address(PasidEntry.FSPTPTR));
    }
    walk.topTable = false;
    walk.firstLevel = cached.level() - 1;
    walk.firstTable = cached.table();
    walk.firstStageRights = cached.rights();
    walk.firstRightsAbove = cached.rights();
    walk.tableRights = cached.tableRights();
    request.stage = DmaRequest.Stage.FIRST_STAGE;
    events.hitPagingStructure(request, cached.level());
    return null;
  }

  /** A table is at an address: of the host, or of the guest in a nested walk. */
  private @Nullable FaultReason toTable(DmaRequest request, long table) {
    ScalableWalk walk = request.walk;
    if (rules.tablesOfGuest(walk)) {
      Purpose purpose = walk.topTable ? Purpose.TOP_TABLE : Purpose.LOWER_TABLE;
      return secondStage.enter(
          request, geometry.entry(table, request.iova(), walk.firstLevel), purpose);
    }
    return tableReached(request, table);
  }

  /** The second stage has found a table of the first stage, or the page of the request. */
  private @Nullable FaultReason throughSecondStage(DmaRequest request, long address, int shift) {
    ScalableWalk walk = request.walk;
    if (walk.purpose != Purpose.PAGE) {
      walk.tableRights = walk.secondStageRights;
      return tableReached(request, address & PAGE_MASK);
    }
    if (!walk.isNested()) {
      walk.pageShift = shift;
      return continuation.reached(request, address, shift);
    }
    walk.pageShift = rules.nestedShift(walk.pageShift, shift);
    walk.output = address;
    return finishLeaf(request);
  }

  private @Nullable FaultReason tableReached(DmaRequest request, long table) {
    ScalableWalk walk = request.walk;
    walk.firstTable = table;
    if (!walk.topTable) {
      caches.fillFirstStage(request, walk.firstLevel + 1, table);
    }
    request.stage = DmaRequest.Stage.FIRST_STAGE;
    return null;
  }

  /** Reads the entry in hand. Returns why the request is refused, or null. */
  @Clause({"VTD-130", "VTD-131", "VTD-132", "VTD-133", "VTD-134", "VTD-151"})
  @Nullable FaultReason readEntry(DmaRequest request) {
    ScalableWalk walk = request.walk;
    long at = entryAt(request);
    if (!rules.isReadable(memory, at)) {
      return rules.accessError(walk.topTable ? FaultReason.SFS_4 : FaultReason.SFS_1);
    }
    walk.firstRead = memory.readLong(at);
    walk.firstEntry = geometry.seen(FirstStageEntry.LAYOUT, walk.firstLevel, 0, walk.firstRead);
    FaultReason refusal = checks.firstStage().refusal(request, walk.firstEntry, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    walk.firstStageRights = rules.narrowFirst(walk.firstRightsAbove, walk.firstEntry);
    boolean leaf = geometry.isLeaf(walk.firstEntry, walk.firstLevel);
    if (leaf) {
      refusal = checks.firstStageRights().refusal(request, 0, 0, unit);
    }
    boolean incomplete = missingFlags(request, leaf) != 0;
    if (refusal == null && incomplete) {
      refusal = checks.firstStageUpdate().refusal(request, rules.takesFlags(memory, at), 0, unit);
    }
    if (refusal != null || leaf) {
      return refusal == null ? toPage(request) : refusal;
    }
    if (incomplete) {
      request.stage = DmaRequest.Stage.FIRST_STAGE_UPDATE;
      return null;
    }
    return descend(request);
  }

  private @Nullable FaultReason descend(DmaRequest request) {
    ScalableWalk walk = request.walk;
    long table = FirstStageEntry.ADDR.address(walk.firstEntry);
    events.readNonLeaf(request, walk.firstLevel, table);
    walk.firstRightsAbove = walk.firstStageRights;
    walk.firstLevel--;
    walk.topTable = false;
    return toTable(request, table);
  }

  /** The leaf admits the request: its page is in the host, or in the guest in a nested walk. */
  @Clause({"VTD-141", "VTD-150"})
  private @Nullable FaultReason toPage(DmaRequest request) {
    ScalableWalk walk = request.walk;
    walk.pageShift = SecondStageEntry.shift(walk.firstLevel);
    long page = FirstStageEntry.ADDR.address(walk.firstEntry) & -(1L << walk.pageShift);
    long address = geometry.output(page, walk.pageShift, request.iova());
    if (walk.isNested()) {
      return secondStage.enter(request, address, Purpose.PAGE);
    }
    walk.output = address;
    return finishLeaf(request);
  }

  private @Nullable FaultReason finishLeaf(DmaRequest request) {
    FaultReason refusal = checks.output().refusal(request, request.walk.output, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    if (missingFlags(request, true) != 0) {
      request.stage = DmaRequest.Stage.FIRST_STAGE_UPDATE;
      return null;
    }
    return continuation.reached(request, request.walk.output, request.walk.pageShift);
  }

  /** Sets the flags of the entry that was read; one that has changed since is read again. */
  @Clause({"VTD-136", "VTD-137", "VTD-138", "VTD-139", "VTD-153"})
  @Nullable FaultReason update(DmaRequest request) {
    ScalableWalk walk = request.walk;
    boolean leaf = geometry.isLeaf(walk.firstEntry, walk.firstLevel);
    long flags = missingFlags(request, leaf);
    long before = walk.firstRead;
    boolean done = rules.setFlags(memory, entryAt(request), before, flags);
    events.updateEntry(request, walk.firstLevel);
    request.stage = DmaRequest.Stage.FIRST_STAGE;
    if (!done || !leaf) {
      return null;
    }
    walk.firstEntry |= flags;
    return continuation.reached(request, walk.output, walk.pageShift);
  }

  private long missingFlags(DmaRequest request, boolean leaf) {
    return rules.firstStageFlags(request.walk, leaf && request.writes()) & ~request.walk.firstEntry;
  }

  private long entryAt(DmaRequest request) {
    ScalableWalk walk = request.walk;
    return geometry.entry(walk.firstTable, request.iova(), walk.firstLevel);
  }
}
