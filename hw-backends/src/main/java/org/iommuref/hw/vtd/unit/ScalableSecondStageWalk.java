package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.unit.ScalableWalk.Purpose;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Second-stage walk of scalable mode: for the page of a request, or for a table of a nested first
 * stage. Manual 3.7 and 3.8.
 *
 * <p>Each move reads one entry, or sets its flags by one atomic access; an entry that changed in
 * between is read again.
 */
final class ScalableSecondStageWalk {

  /** What follows when the walk has reached its page. */
  @FunctionalInterface
  interface Continuation {

    /**
     * Takes the page of 2^shift bytes in host memory. Returns why the request is refused, or null.
     */
    @Nullable FaultReason reached(DmaRequest request, long address, int shift);
  }

  private final VtdConfiguration unit;
  private final ScalableChecks checks;
  private final EntryRules rules;
  private final TableGeometry geometry;
  private final Memory memory;
  private final DmaEvents events;
  private final ScalableCaches caches;
  private final Continuation continuation;

  ScalableSecondStageWalk(
      VtdParts parts,
      Memory memory,
      DmaEvents events,
      ScalableCaches caches,
      Continuation continuation) {
    this.unit = parts.configuration();
    this.checks = parts.scalable().checks();
    this.rules = parts.scalable().entries();
    this.geometry = parts.geometry();
    this.memory = memory;
    this.events = events;
    this.caches = caches;
    this.continuation = continuation;
  }

  /** Begins for an address. Returns why the request is refused, or null. */
  @Clause("VTD-149")
  @Nullable FaultReason enter(DmaRequest request, long address, Purpose purpose) {
    ScalableWalk walk = request.walk;
    walk.purpose = purpose;
    walk.secondInput = address;
    walk.secondStageRights = ScalableWalk.ALL_RIGHTS;
    walk.secondRightsAbove = ScalableWalk.ALL_RIGHTS;
    walk.secondTable = walk.address(PasidEntry.SSPTPTR);
    walk.secondLevel = geometry.levels((int) walk.field(PasidEntry.AW));
    request.stage = DmaRequest.Stage.SCALABLE_SECOND_STAGE;
    PagingStructureEntry cached = caches.secondStage(request);
    if (cached == null) {
      return null;
    }
    walk.secondStageRights = cached.rights();
    walk.secondRightsAbove = cached.rights();
    walk.secondTable = cached.table();
    walk.secondLevel = cached.level() - 1;
    events.hitPagingStructure(request, cached.level());
    return cached.rights() == 0 ? checks.secondStageRights().refusal(request, 0, 0, unit) : null;
  }

  /** Reads the entry in hand. Returns why the request is refused, or null. */
  @Clause({"VTD-142", "VTD-143", "VTD-144", "VTD-145"})
  @Nullable FaultReason readEntry(DmaRequest request) {
    ScalableWalk walk = request.walk;
    long at = entryAt(walk);
    if (!rules.isReadable(memory, at)) {
      boolean top = walk.secondTable == walk.address(PasidEntry.SSPTPTR);
      return rules.accessError(top ? FaultReason.SSS_4 : FaultReason.SSS_1);
    }
    walk.secondRead = memory.readLong(at);
    walk.secondEntry = geometry.seen(SecondStageEntry.LAYOUT, walk.secondLevel, 0, walk.secondRead);
    FaultReason refusal = checks.secondStage().refusal(request, walk.secondEntry, 0, unit);
    if (refusal != null) {
      if ((walk.secondEntry & ScalableWalk.ALL_RIGHTS) == 0) {
        walk.secondStageRights = 0;
        caches.fillAbsent(request, walk.secondLevel);
      }
      return refusal;
    }
    walk.secondStageRights = rules.narrowSecond(walk.secondRightsAbove, walk.secondEntry);
    boolean leaf = geometry.isLeaf(walk.secondEntry, walk.secondLevel);
    if (leaf || walk.secondStageRights == 0) {
      refusal = checks.secondStageRights().refusal(request, 0, 0, unit);
    }
    if (refusal == null && missingFlags(request, leaf) != 0) {
      refusal = checks.secondStageUpdate().refusal(request, rules.takesFlags(memory, at), 0, unit);
      request.stage = DmaRequest.Stage.SECOND_STAGE_UPDATE;
      return refusal;
    }
    return refusal == null ? goOn(request, leaf) : refusal;
  }

  /**
   * Sets the flags of the entry that was read, if it has not changed since; then reads it again.
   */
  @Clause({"VTD-146", "VTD-147", "VTD-148"})
  @Nullable FaultReason update(DmaRequest request) {
    ScalableWalk walk = request.walk;
    boolean leaf = geometry.isLeaf(walk.secondEntry, walk.secondLevel);
    long flags = missingFlags(request, leaf);
    long at = entryAt(walk);
    rules.setFlags(memory, at, walk.secondRead, flags);
    events.updateEntry(request, walk.secondLevel);
    request.stage = DmaRequest.Stage.SCALABLE_SECOND_STAGE;
    return null;
  }

  private @Nullable FaultReason goOn(DmaRequest request, boolean leaf) {
    ScalableWalk walk = request.walk;
    long address = SecondStageEntry.ADDR.address(walk.secondEntry);
    if (leaf) {
      int shift = SecondStageEntry.shift(walk.secondLevel);
      long page = geometry.page(walk.secondEntry, walk.secondLevel);
      walk.snooped |= walk.purpose == Purpose.PAGE && SecondStageEntry.SNP.isSet(walk.secondEntry);
      return continuation.reached(request, geometry.output(page, shift, walk.secondInput), shift);
    }
    caches.fillSecondStage(request, walk.secondLevel, address, walk.secondStageRights);
    events.readNonLeaf(request, walk.secondLevel, address);
    walk.secondRightsAbove = walk.secondStageRights;
    walk.secondTable = address;
    walk.secondLevel--;
    request.stage = DmaRequest.Stage.SCALABLE_SECOND_STAGE;
    return null;
  }

  /** With SSADE, reading a table of the first stage counts as a write to its page. */
  private long missingFlags(DmaRequest request, boolean leaf) {
    ScalableWalk walk = request.walk;
    boolean written = walk.purpose != Purpose.PAGE || request.writes();
    return rules.secondStageFlags(walk, leaf && written) & ~walk.secondEntry;
  }

  private long entryAt(ScalableWalk walk) {
    return geometry.entry(walk.secondTable, walk.secondInput, walk.secondLevel);
  }
}
