package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Second-stage walk: address to host physical address through the levels of tables that the context
 * entry names, one entry in each move. Manual 3.7 and 9.8.
 */
final class SecondStageWalk {

  private static final long PAGE_MASK = ~0xfffL;

  private final VtdConfiguration unit;
  private final WalkChecks checks;
  private final AccessErrors errors;
  private final Rights rights;
  private final TableGeometry geometry;
  private final Memory memory;
  private final DmaEvents events;
  private final UnitCaches caches;

  SecondStageWalk(VtdParts parts, Memory memory, DmaEvents events, UnitCaches caches) {
    this.unit = parts.configuration();
    this.checks = parts.checks();
    this.errors = parts.accessErrors();
    this.rights = parts.rights();
    this.geometry = parts.geometry();
    this.memory = memory;
    this.events = events;
    this.caches = caches;
  }

  /** Begins at the context entry. Returns why the request is refused, or null. */
  @Clause({"VTD-008", "VTD-009", "VTD-010"})
  @Nullable FaultReason enter(DmaRequest request) {
    FaultReason refusal = checks.address().refusal(request, 0, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    if (request.isTranslated()) {
      return keepAddress(request);
    }
    if (request.passesThrough()) {
      return passThrough(request);
    }
    PagingStructureEntry cached = caches.pagingStructure(request);
    if (cached != null) {
      return use(request, cached);
    }
    request.level = geometry.levels(request.addressWidth());
    request.rights = Rights.READ | Rights.WRITE;
    return readEntry(request);
  }

  /** A device-TLB has translated the address: no table has a say. VTD-178 */
  private @Nullable FaultReason keepAddress(DmaRequest request) {
    FaultReason refusal = checks.output().refusal(request, request.iova(), 0, unit);
    if (refusal == null) {
      request.translatedTo(request.iova());
      events.passUntranslated(request);
    }
    return refusal;
  }

  private @Nullable FaultReason passThrough(DmaRequest request) {
    request.pageShift = SecondStageEntry.shift(1);
    request.translatedTo(request.iova());
    int all = Rights.READ | Rights.WRITE;
    caches.fillTranslation(request, SecondStageEntry.shift(1), request.iova() & PAGE_MASK, all);
    events.passUntranslated(request);
    return null;
  }

  private @Nullable FaultReason use(DmaRequest request, PagingStructureEntry cached) {
    request.rights = cached.rights();
    FaultReason refusal = checks.rights().refusal(request, 0, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    request.table = cached.table();
    request.level = cached.level() - 1;
    request.stage = DmaRequest.Stage.TABLES;
    events.hitPagingStructure(request, cached.level());
    return null;
  }

  /** Reads the entry of the level in hand. Returns why the request is refused, or null. */
  @Clause({"VTD-011", "VTD-012", "VTD-013", "VTD-014", "VTD-016"})
  @Nullable FaultReason readEntry(DmaRequest request) {
    long at = geometry.entry(request.table, request.iova(), request.level());
    if (!memory.contains(at)) {
      boolean top = request.stage() == DmaRequest.Stage.SECOND_STAGE;
      return top ? errors.topTable() : errors.lowerTable();
    }
    long entry = geometry.seen(SecondStageEntry.LAYOUT, request.level(), 0, memory.readLong(at));
    FaultReason refusal = checks.entry().refusal(request, entry, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    request.rights = rights.narrow(request.rights(), entry);
    refusal = checks.rights().refusal(request, entry, 0, unit);
    if (refusal != null) {
      keepAbsence(request, entry);
      return refusal;
    }
    return geometry.isLeaf(entry, request.level())
        ? endAt(request, entry)
        : descend(request, entry);
  }

  private void keepAbsence(DmaRequest request, long entry) {
    if ((entry & (Rights.READ | Rights.WRITE)) == 0) {
      caches.fillAbsent(request, request.level());
    }
  }

  private @Nullable FaultReason endAt(DmaRequest request, long entry) {
    int shift = SecondStageEntry.shift(request.level());
    long page = geometry.page(entry, request.level());
    long output = geometry.output(page, shift, request.iova());
    FaultReason refusal = checks.output().refusal(request, output, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    request.translatedTo(output);
    request.pageShift = shift;
    request.leaf = entry;
    caches.fillTranslation(request, shift, page, request.rights());
    events.readLeaf(request, output);
    return null;
  }

  private @Nullable FaultReason descend(DmaRequest request, long entry) {
    long table = SecondStageEntry.ADDR.address(entry);
    caches.fillPagingStructure(request, request.level(), table, request.rights());
    events.readNonLeaf(request, request.level(), table);
    request.table = table;
    request.level--;
    request.stage = DmaRequest.Stage.TABLES;
    return null;
  }
}
