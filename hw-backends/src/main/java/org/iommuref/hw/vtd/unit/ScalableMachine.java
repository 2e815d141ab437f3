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
 * The way of a request through a unit in scalable mode; each move makes at most one access to
 * memory.
 *
 * <p>Order: IOTLB, context entry, PASID entry, tables. Manual 3.4.3 and 6.2.4.
 */
final class ScalableMachine {

  private final VtdConfiguration unit;
  private final ScalableChecks checks;
  private final DeviceTlbRules deviceTlbs;
  private final TableGeometry geometry;
  private final DmaEvents events;
  private final ScalableCaches caches;
  private final StructureWalk structures;
  private final FirstStageWalk firstStage;

  ScalableMachine(VtdParts parts, Memory memory, DmaEvents events, ScalableCaches caches) {
    this.unit = parts.configuration();
    this.checks = parts.scalable().checks();
    this.deviceTlbs = parts.scalable().deviceTlbs();
    this.geometry = parts.geometry();
    this.events = events;
    this.caches = caches;
    this.structures = new StructureWalk(parts, memory, events, caches);
    this.firstStage = new FirstStageWalk(parts, memory, events, caches, this::translated);
  }

  /** Begins with the caches. Returns why the request is refused, or null. */
  @Nullable FaultReason begin(DmaRequest request, long rootTable) {
    request.beginScalable();
    request.walk.asksToWrite = deviceTlbs.asksToWrite(request, unit);
    ScalableIotlbEntry cached = request.isTranslated() ? null : caches.translation(request);
    if (cached != null && serves(request, cached)) {
      return use(request, cached);
    }
    ScalableContextCacheEntry context = caches.context(request);
    return context == null
        ? structures.readRoot(request, rootTable)
        : structures.use(request, context);
  }

  /** Moves a request by one access or more. */
  @Nullable FaultReason walk(DmaRequest request) {
    ScalableSecondStageWalk secondStage = firstStage.secondStage();
    FaultReason refusal = null;
    while (refusal == null && request.stage() == DmaRequest.Stage.SCALABLE_SECOND_STAGE) {
      refusal = secondStage.readEntry(request);
    }
    return refusal == null && request.isUnderWay() ? advance(request) : refusal;
  }

  /** Moves a request that is in a stage of scalable mode. */
  @Nullable FaultReason advance(DmaRequest request) {
    return switch (request.stage()) {
      case SCALABLE_CONTEXT -> structures.readContext(request);
      case PASID_DIRECTORY -> structures.readDirectory(request);
      case PASID_ENTRY -> structures.readPasidEntry(request);
      case ADDRESS_SPACE -> enter(request);
      case FIRST_STAGE -> firstStage.readEntry(request);
      case FIRST_STAGE_UPDATE -> firstStage.update(request);
      case SCALABLE_SECOND_STAGE -> firstStage.secondStage().readEntry(request);
      case SECOND_STAGE_UPDATE -> firstStage.secondStage().update(request);
      default -> throw new IllegalStateException(request.stage() + " is not of scalable mode");
    };
  }

  /** A write through an entry whose page is not known to be dirty walks the tables again. */
  @Clause({"VTD-136", "VTD-146"})
  private static boolean serves(DmaRequest request, ScalableIotlbEntry cached) {
    return cached.dirty() || !request.writes();
  }

  /** Uses a cached translation; its rights are enforced from the cache. */
  @Clause("VTD-158")
  private @Nullable FaultReason use(DmaRequest request, ScalableIotlbEntry cached) {
    ScalableWalk walk = request.walk;
    walk.use(cached.content());
    request.domainId = cached.content().domainId();
    request.faultsSilenced = cached.faultsSilenced();
    walk.pasid = cached.pasid();
    walk.privileged = request.hasPasid() ? request.isPrivileged() : cached.privileged();
    walk.purpose = Purpose.PAGE;
    walk.firstStageRights = cached.firstStageRights();
    walk.secondStageRights = cached.secondStageRights();
    walk.snooped = cached.snooped();
    walk.pageShift = cached.shift();
    walk.output = geometry.output(cached.page(), cached.shift(), request.iova());
    FaultReason refusal = refusalOfCached(request);
    if (refusal == null) {
      request.translatedTo(walk.output);
      events.hitIotlb(request);
    }
    return refusal;
  }

  private @Nullable FaultReason refusalOfCached(DmaRequest request) {
    FaultReason refusal = checks.pasidUse().refusal(request, 0, 0, unit);
    if (refusal == null) {
      refusal = checks.firstStageRights().refusal(request, 0, 0, unit);
    }
    if (refusal == null) {
      refusal = checks.secondStageRights().refusal(request, 0, 0, unit);
    }
    return refusal == null
        ? checks.output().refusal(request, request.walk.output, 0, unit)
        : refusal;
  }

  /** The PASID entry is known. */
  @Clause({"VTD-114", "VTD-119", "VTD-120", "VTD-121"})
  private @Nullable FaultReason enter(DmaRequest request) {
    FaultReason refusal = checks.address().refusal(request, 0, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    if (request.isTranslated()) {
      return keepAddress(request);
    }
    return switch (request.walk.type()) {
      case PasidEntry.PGTT_PASS_THROUGH -> passThrough(request);
      case PasidEntry.PGTT_SECOND_STAGE ->
          firstStage.secondStage().enter(request, request.iova(), Purpose.PAGE);
      default -> firstStage.enter(request);
    };
  }

  /** A device-TLB has translated the address: no table has a say. */
  @Clause("VTD-178")
  private @Nullable FaultReason keepAddress(DmaRequest request) {
    FaultReason refusal = checks.output().refusal(request, request.iova(), 0, unit);
    if (refusal == null) {
      request.translatedTo(request.iova());
      events.passUntranslated(request);
    }
    return refusal;
  }

  private @Nullable FaultReason passThrough(DmaRequest request) {
    request.walk.pageShift = SecondStageEntry.shift(1);
    FaultReason refusal = translated(request, request.iova(), request.walk.pageShift);
    if (refusal == null) {
      events.passUntranslated(request);
    }
    return refusal;
  }

  /** The address in host memory is known. */
  @Clause("VTD-123")
  private @Nullable FaultReason translated(DmaRequest request, long address, int shift) {
    FaultReason refusal = checks.output().refusal(request, address, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    request.walk.output = address;
    request.walk.pageShift = shift;
    request.translatedTo(address);
    caches.fillTranslation(request, shift, address, isDirty(request.walk));
    if (request.walk.type() != PasidEntry.PGTT_PASS_THROUGH) {
      events.readLeaf(request, address);
    }
    return null;
  }

  /** Whether a write to the page needs no flag that is not set. */
  private static boolean isDirty(ScalableWalk walk) {
    boolean first = !walk.hasFirstStage() || FirstStageEntry.D.isSet(walk.firstEntry);
    boolean second =
        !walk.hasSecondStage()
            || !walk.has(PasidEntry.SSADE)
            || SecondStageEntry.D.isSet(walk.secondEntry);
    return first && second;
  }
}
