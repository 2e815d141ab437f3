package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.cache.CacheMaker;
import org.iommuref.hw.cache.CacheSettings;
import org.iommuref.hw.cache.TranslationCache;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The caches of scalable mode: context, PASID, IOTLB, and paging structures of either stage. Manual
 * 6.2.
 */
final class ScalableCaches {

  private static final int CONTEXT_ENTRIES = 16;
  private static final int PASID_ENTRIES = 32;
  private static final int IOTLB_ENTRIES = 64;
  private static final int PAGING_STRUCTURE_ENTRIES = 32;

  private final VtdConfiguration unit;
  private final CacheRules rules;
  private final PasidScopes scopes;
  private final TranslationCache<ScalableContextCacheEntry> contexts;
  private final TranslationCache<PasidCacheEntry> pasids;
  private final TranslationCache<ScalableIotlbEntry> iotlb;
  private final TranslationCache<FirstStagePointer> firstStage;
  private final TranslationCache<PagingStructureEntry> secondStage;
  private @Nullable ScalableIotlbEntry spareTranslation;
  private @Nullable FirstStagePointer spareFirstStage;
  private @Nullable PagingStructureEntry spareSecondStage;

  ScalableCaches(VtdParts parts, CachePolicy policy, Steps steps, Footprint footprint) {
    this.unit = parts.configuration();
    this.rules = parts.cacheRules();
    this.scopes = parts.scalable().scopes();
    CacheMaker maker = parts.caches().apply(policy);
    this.contexts =
        maker.make(new CacheSettings("scalable context", CONTEXT_ENTRIES, false, steps, footprint));
    this.pasids = maker.make(new CacheSettings("PASID", PASID_ENTRIES, false, steps, footprint));
    this.iotlb =
        maker.make(new CacheSettings("scalable iotlb", IOTLB_ENTRIES, false, steps, footprint));
    this.firstStage = structures(maker, "first-stage structure", steps, footprint);
    this.secondStage = structures(maker, "second-stage structure", steps, footprint);
  }

  private static <E extends CacheEntry> TranslationCache<E> structures(
      CacheMaker maker, String name, Steps steps, Footprint footprint) {
    return maker.make(new CacheSettings(name, PAGING_STRUCTURE_ENTRIES, true, steps, footprint));
  }

  @Nullable ScalableContextCacheEntry context(DmaRequest request) {
    return contexts.lookup(rules.contextTag(request.sourceId()), 0);
  }

  @Nullable PasidCacheEntry pasid(DmaRequest request) {
    return pasids.lookup(pasidTag(request), 0);
  }

  @Nullable ScalableIotlbEntry translation(DmaRequest request) {
    return iotlb.lookup(iotlbTag(request), request.iova());
  }

  @Nullable FirstStagePointer firstStage(DmaRequest request) {
    return firstStage.lookup(firstStageTag(request), request.iova());
  }

  @Nullable PagingStructureEntry secondStage(DmaRequest request) {
    return secondStage.lookup(
        rules.pagingStructureTag(request.domainId()), request.walk.secondInput);
  }

  private long pasidTag(DmaRequest request) {
    return rules.pasidTag(request.sourceId(), request.walk.pasid);
  }

  private long iotlbTag(DmaRequest request) {
    return rules.iotlbTag(request.sourceId(), request.pasid());
  }

  private long firstStageTag(DmaRequest request) {
    return rules.firstStageTag(request.domainId(), request.walk.pasid);
  }

  /** Keeps the context entry that the request has just read. */
  @Clause("VTD-156")
  void fillContext(DmaRequest request) {
    fillContext(request, null);
  }

  /** Keeps why there is no context entry, in caching mode. */
  void fillContextFault(DmaRequest request, FaultReason fault) {
    if (rules.keepsAbsence(unit)) {
      fillContext(request, fault);
    }
  }

  private void fillContext(DmaRequest request, @Nullable FaultReason fault) {
    contexts.fill(
        new ScalableContextCacheEntry(
            rules.contextTag(request.sourceId()),
            request.sourceId(),
            request.walk.context[0],
            request.walk.context[1],
            request.faultsSilenced(),
            fault));
  }

  /** Keeps the PASID entry that the request has just read. */
  @Clause("VTD-157")
  void fillPasid(DmaRequest request) {
    fillPasid(request, request.domainId(), null);
  }

  /** Keeps why there is no PASID entry, in caching mode: under domain tag 0. */
  @Clause("VTD-163")
  void fillPasidFault(DmaRequest request, FaultReason fault) {
    if (rules.keepsAbsence(unit)) {
      fillPasid(request, 0, fault);
    }
  }

  private void fillPasid(DmaRequest request, int domainId, @Nullable FaultReason fault) {
    pasids.fill(
        new PasidCacheEntry(
            pasidTag(request),
            domainId,
            request.walk.pasid,
            request.walk.content(),
            request.faultsSilenced(),
            fault));
  }

  /** Keeps where the page of 2^shift bytes around the address is, with the rights of the walk. */
  @Clause("VTD-158")
  void fillTranslation(DmaRequest request, int shift, long page, boolean dirty) {
    long inPage = (1L << shift) - 1;
    ScalableIotlbEntry entry =
        spareTranslation == null ? new ScalableIotlbEntry() : spareTranslation;
    spareTranslation =
        iotlb.fill(
            entry.hold(
                iotlbTag(request),
                request.walk.pasid,
                request.walk.privileged,
                request.walk.content(),
                request.iova() & ~inPage,
                shift,
                page & ~inPage,
                request.walk.firstStageRights,
                request.walk.secondStageRights,
                dirty,
                request.walk.snooped,
                request.faultsSilenced()));
  }

  /** Keeps the pointer of an entry of a level, once its table is known in host memory. */
  @Clause("VTD-160")
  void fillFirstStage(DmaRequest request, int level, long table) {
    FirstStagePointer entry = spareFirstStage == null ? new FirstStagePointer() : spareFirstStage;
    spareFirstStage =
        firstStage.fill(
            entry.hold(
                firstStageTag(request),
                request.domainId(),
                request.walk.pasid,
                request.iova() & -(1L << SecondStageEntry.shift(level)),
                level,
                table,
                request.walk.firstStageRights,
                request.walk.tableRights));
  }

  /** Keeps the pointer that the request has just read in an entry of a level. */
  @Clause("VTD-161")
  void fillSecondStage(DmaRequest request, int level, long table, int rights) {
    PagingStructureEntry entry =
        spareSecondStage == null ? new PagingStructureEntry() : spareSecondStage;
    spareSecondStage =
        secondStage.fill(
            entry.hold(
                rules.pagingStructureTag(request.domainId()),
                request.domainId(),
                request.walk.secondInput & -(1L << SecondStageEntry.shift(level)),
                level,
                table,
                rights));
  }

  /** Keeps that a second-stage entry of a level is not present, in caching mode. */
  @Clause("VTD-163")
  void fillAbsent(DmaRequest request, int level) {
    if (!rules.keepsAbsence(unit)) {
      return;
    }
    if (level > 1) {
      fillSecondStage(request, level, 0, 0);
    } else if (request.walk.type() == PasidEntry.PGTT_SECOND_STAGE) {
      fillTranslation(request, SecondStageEntry.shift(level), 0, true);
    }
  }

  void invalidate(ContextInvalidation order) {
    contexts.invalidate(entry -> scopes.takes(order, entry));
  }

  void invalidate(PasidInvalidation order) {
    pasids.invalidate(entry -> scopes.takes(order, entry));
  }

  void invalidate(IotlbInvalidation order) {
    iotlb.invalidate(entry -> scopes.takes(order, entry));
    firstStage.invalidate(entry -> scopes.takes(order, entry));
    secondStage.invalidate(entry -> scopes.takes(order, entry));
  }

  void invalidate(PasidIotlbInvalidation order) {
    iotlb.invalidate(entry -> scopes.takes(order, entry));
    firstStage.invalidate(entry -> scopes.takes(order, entry));
  }

  /** Drops everything. VTD-043 */
  void invalidateAll() {
    contexts.invalidate(entry -> true);
    pasids.invalidate(entry -> true);
    iotlb.invalidate(entry -> true);
    firstStage.invalidate(entry -> true);
    secondStage.invalidate(entry -> true);
  }
}
