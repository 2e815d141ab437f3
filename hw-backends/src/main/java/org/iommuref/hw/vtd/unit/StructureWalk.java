package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.ScalableRootEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.jspecify.annotations.Nullable;

/**
 * From requester and PASID to the PASID entry: root entry, context entry, PASID directory, PASID
 * table, and the caches of the second and the last. Manual 3.4.3.
 *
 * <p>Each move reads one atom of 16 bytes: two for a context entry, four for a PASID entry, which
 * may change in between.
 */
final class StructureWalk {

  private static final int QUADWORDS_OF_ATOM = 2;

  private final VtdConfiguration unit;
  private final ScalableChecks checks;
  private final EntryRules rules;
  private final TableGeometry geometry;
  private final Memory memory;
  private final DmaEvents events;
  private final ScalableCaches caches;

  StructureWalk(VtdParts parts, Memory memory, DmaEvents events, ScalableCaches caches) {
    this.unit = parts.configuration();
    this.checks = parts.scalable().checks();
    this.rules = parts.scalable().entries();
    this.geometry = parts.geometry();
    this.memory = memory;
    this.events = events;
    this.caches = caches;
  }

  /** Reads the half of the root entry. Returns why the request is refused, or null. */
  @Clause({"VTD-101", "VTD-102", "VTD-116"})
  @Nullable FaultReason readRoot(DmaRequest request, long rootTable) {
    request.walk.forgetContext();
    long at = geometry.rootEntry(RootTableAddress.RTA.address(rootTable), request.sourceId());
    if (!memory.contains(at)) {
      return rules.accessError(FaultReason.SRT_1);
    }
    Atom entry = memory.readAtom(at);
    boolean upper = rules.usesUpperHalf(request.sourceId());
    long half =
        geometry.seen(ScalableRootEntry.HALF, upper ? 1 : 0, 0, upper ? entry.high() : entry.low());
    FaultReason refusal = checks.root().refusal(request, half, 0, unit);
    if (refusal != null) {
      caches.fillContextFault(request, refusal);
      return refusal;
    }
    request.contextTable = ScalableRootEntry.CTP.address(half);
    request.stage = DmaRequest.Stage.SCALABLE_CONTEXT;
    events.readRoot(request);
    return null;
  }

  /** Reads the next atom of the context entry. Returns why the request is refused, or null. */
  @Clause({"VTD-103", "VTD-104", "VTD-105", "VTD-116"})
  @Nullable FaultReason readContext(DmaRequest request) {
    ScalableWalk walk = request.walk;
    long at =
        request.contextTable
            + ScalableContextEntry.offset(request.sourceId())
            + 8L * walk.quadwordsRead;
    if (!memory.contains(at)) {
      return rules.accessError(FaultReason.SCT_1);
    }
    read(at, walk);
    silence(request, ScalableContextEntry.FPD.isSet(walk.context[0]));
    boolean present = ScalableContextEntry.P.isSet(walk.context[0]);
    if (present && walk.quadwordsRead < walk.context.length) {
      return null;
    }
    FaultReason refusal = checks.context().refusal(request, walk.context[0], walk.context[1], unit);
    if (refusal != null) {
      caches.fillContextFault(request, refusal);
      return refusal;
    }
    caches.fillContext(request);
    events.readContext(request);
    return contextKnown(request);
  }

  /** Uses a cached context entry. Returns why the request is refused, or null. */
  @Nullable FaultReason use(DmaRequest request, ScalableContextCacheEntry cached) {
    request.walk.context[0] = cached.low();
    request.walk.context[1] = cached.high();
    silence(request, cached.faultsSilenced());
    return cached.fault() == null ? contextKnown(request) : cached.fault();
  }

  /** The PASID is known: its entry comes from the cache, or from memory in the next moves. */
  @Clause({"VTD-106", "VTD-107", "VTD-108", "VTD-109", "VTD-117", "VTD-118"})
  private @Nullable FaultReason contextKnown(DmaRequest request) {
    ScalableWalk walk = request.walk;
    walk.forgetEntry();
    FaultReason refusal =
        checks.contextUse().refusal(request, walk.context[0], walk.context[1], unit);
    if (refusal != null) {
      return refusal;
    }
    if (request.isTranslated()) {
      request.stage = DmaRequest.Stage.ADDRESS_SPACE;
      return null;
    }
    walk.pasid = request.hasPasid() ? request.pasid() : rules.ridPasid(walk);
    walk.privileged = request.hasPasid() ? request.isPrivileged() : rules.ridPrivilege(walk);
    PasidCacheEntry cached = caches.pasid(request);
    if (cached == null) {
      request.stage = DmaRequest.Stage.PASID_DIRECTORY;
      return null;
    }
    silence(request, cached.faultsSilenced());
    walk.use(cached.content());
    return cached.fault() == null ? pasidKnown(request) : cached.fault();
  }

  /** Reads the PASID directory entry. Returns why the request is refused, or null. */
  @Clause({"VTD-110", "VTD-111", "VTD-116"})
  @Nullable FaultReason readDirectory(DmaRequest request) {
    ScalableWalk walk = request.walk;
    long directory = ScalableContextEntry.PASIDDIRPTR.address(walk.context[0]);
    long at = directory + PasidDirectoryEntry.offset(walk.pasid);
    if (!memory.contains(at)) {
      return rules.accessError(FaultReason.SPD_1);
    }
    long entry = geometry.seen(PasidDirectoryEntry.LAYOUT, 0, 0, memory.readLong(at));
    silence(request, PasidDirectoryEntry.FPD.isSet(entry));
    FaultReason refusal = checks.directory().refusal(request, entry, 0, unit);
    if (refusal != null) {
      caches.fillPasidFault(request, refusal);
      return refusal;
    }
    walk.pasidTable = PasidDirectoryEntry.SMPTBLPTR.address(entry);
    request.stage = DmaRequest.Stage.PASID_ENTRY;
    events.readPasidDirectory(request);
    return null;
  }

  /** Reads the next atom of the PASID entry. Returns why the request is refused, or null. */
  @Clause({"VTD-112", "VTD-113", "VTD-114", "VTD-116"})
  @Nullable FaultReason readPasidEntry(DmaRequest request) {
    ScalableWalk walk = request.walk;
    long at = walk.pasidTable + PasidEntry.offset(walk.pasid) + 8L * walk.quadwordsRead;
    if (!memory.contains(at)) {
      return rules.accessError(FaultReason.SPT_1);
    }
    Atom atom = memory.readAtom(at);
    int next = walk.quadwordsRead;
    walk.read(
        new Atom(
            geometry.seen(PasidEntry.LAYOUT, 0, next, atom.low()),
            geometry.seen(PasidEntry.LAYOUT, 0, next + 1, atom.high())));
    walk.quadwordsRead += QUADWORDS_OF_ATOM;
    silence(request, walk.has(PasidEntry.FPD));
    if (walk.has(PasidEntry.P) && walk.quadwordsRead < PasidEntry.QUADWORDS) {
      return null;
    }
    FaultReason refusal =
        checks.pasidEntry().refusal(request, walk.quadword(0), walk.quadword(1), unit);
    if (refusal != null) {
      caches.fillPasidFault(request, refusal);
      return refusal;
    }
    request.domainId = (int) walk.field(PasidEntry.DID);
    caches.fillPasid(request);
    events.readPasidEntry(request);
    return pasidKnown(request);
  }

  private @Nullable FaultReason pasidKnown(DmaRequest request) {
    request.domainId = (int) request.walk.field(PasidEntry.DID);
    request.stage = DmaRequest.Stage.ADDRESS_SPACE;
    return request.isPageRequest() ? null : checks.pasidUse().refusal(request, 0, 0, unit);
  }

  private void read(long at, ScalableWalk walk) {
    Atom atom = memory.readAtom(at);
    int next = walk.quadwordsRead;
    walk.context[next] = geometry.seen(ScalableContextEntry.LAYOUT, 0, next, atom.low());
    walk.context[next + 1] = geometry.seen(ScalableContextEntry.LAYOUT, 0, next + 1, atom.high());
    walk.quadwordsRead += QUADWORDS_OF_ATOM;
  }

  private void silence(DmaRequest request, boolean fpd) {
    request.faultsSilenced = rules.silences(request.faultsSilenced, fpd);
  }
}
