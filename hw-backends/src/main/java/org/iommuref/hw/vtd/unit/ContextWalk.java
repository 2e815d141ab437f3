package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.jspecify.annotations.Nullable;

/**
 * From the requester to its context entry: root entry, context entry, context cache. Manual 3.4.
 */
final class ContextWalk {

  private final VtdConfiguration unit;
  private final WalkChecks checks;
  private final AccessErrors errors;
  private final TableGeometry geometry;
  private final Memory memory;
  private final DmaEvents events;
  private final UnitCaches caches;

  ContextWalk(VtdParts parts, Memory memory, DmaEvents events, UnitCaches caches) {
    this.unit = parts.configuration();
    this.checks = parts.checks();
    this.errors = parts.accessErrors();
    this.geometry = parts.geometry();
    this.memory = memory;
    this.events = events;
    this.caches = caches;
  }

  /** Reads the root entry. Returns why the request is refused, or null. */
  @Clause({"VTD-001", "VTD-002", "VTD-007", "VTD-016"})
  @Nullable FaultReason readRoot(DmaRequest request, long rootTable) {
    long at = geometry.rootEntry(RootTableAddress.RTA.address(rootTable), request.sourceId());
    if (!memory.contains(at)) {
      return errors.root();
    }
    Atom entry = read(RootEntry.LAYOUT, at);
    FaultReason refusal = checks.root().refusal(request, entry.low(), entry.high(), unit);
    if (refusal != null) {
      caches.fillContextFault(request, refusal);
      return refusal;
    }
    request.contextTable = RootEntry.CTP.address(entry.low());
    request.stage = DmaRequest.Stage.CONTEXT;
    events.readRoot(request);
    return null;
  }

  /** Reads the context entry. Returns why the request is refused, or null. */
  @Clause({"VTD-003", "VTD-004", "VTD-005", "VTD-007", "VTD-016"})
  @Nullable FaultReason readContext(DmaRequest request) {
    long at = geometry.contextEntry(request.contextTable, request.sourceId());
    if (!memory.contains(at)) {
      return errors.context();
    }
    Atom entry = read(ContextEntry.LAYOUT, at);
    request.faultsSilenced = ContextEntry.FPD.isSet(entry.low()); // VTD-021: also with P=0
    FaultReason refusal = checks.context().refusal(request, entry.low(), entry.high(), unit);
    if (refusal != null) {
      caches.fillContextFault(request, refusal);
      return refusal;
    }
    request.domainId = (int) ContextEntry.DID.get(entry.high());
    request.translationType = (int) ContextEntry.TT.get(entry.low());
    request.addressWidth = (int) ContextEntry.AW.get(entry.high());
    request.table = ContextEntry.SSPTPTR.address(entry.low());
    request.stage = DmaRequest.Stage.SECOND_STAGE;
    caches.fillContext(request);
    events.readContext(request);
    return null;
  }

  private Atom read(Layout layout, long at) {
    Atom entry = memory.readAtom(at);
    return new Atom(
        geometry.seen(layout, 0, 0, entry.low()), geometry.seen(layout, 0, 1, entry.high()));
  }

  /** Uses a cached context entry. Returns why the request is refused, or null. */
  @Nullable FaultReason use(DmaRequest request, ContextCacheEntry cached) {
    request.faultsSilenced = cached.faultsSilenced();
    if (cached.fault() != null) {
      return cached.fault();
    }
    request.domainId = cached.domainId();
    request.translationType = cached.translationType();
    request.addressWidth = cached.addressWidth();
    request.table = cached.table();
    request.stage = DmaRequest.Stage.SECOND_STAGE;
    return null;
  }
}
