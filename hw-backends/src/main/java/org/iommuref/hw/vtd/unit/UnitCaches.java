package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheMaker;
import org.iommuref.hw.cache.CacheSettings;
import org.iommuref.hw.cache.TranslationCache;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/** The context cache, the IOTLB and the paging-structure caches. Manual 6.2. */
final class UnitCaches {

  private static final int CONTEXT_ENTRIES = 16;
  private static final int IOTLB_ENTRIES = 64;
  private static final int PAGING_STRUCTURE_ENTRIES = 32;

  private final VtdConfiguration unit;
  private final CacheRules rules;
  private final InvalidationScopes scopes;
  private final TranslationCache<ContextCacheEntry> contexts;
  private final TranslationCache<IotlbEntry> iotlb;
  private final TranslationCache<PagingStructureEntry> pagingStructures;
  private final ScalableCaches scalable;
  private @Nullable IotlbEntry spareTranslation;
  private @Nullable PagingStructureEntry sparePointer;

  UnitCaches(VtdParts parts, CachePolicy policy, Steps steps, Footprint footprint) {
    this.unit = parts.configuration();
    this.rules = parts.cacheRules();
    this.scopes = parts.scopes();
    this.scalable = new ScalableCaches(parts, policy, steps, footprint);
    CacheMaker maker = parts.caches().apply(policy);
    this.contexts =
        maker.make(new CacheSettings("context", CONTEXT_ENTRIES, false, steps, footprint));
    this.iotlb = maker.make(new CacheSettings("iotlb", IOTLB_ENTRIES, false, steps, footprint));
    this.pagingStructures =
        maker.make(
            new CacheSettings(
                "paging structure", PAGING_STRUCTURE_ENTRIES, true, steps, footprint));
  }

  /** The caches of scalable mode. */
  ScalableCaches scalable() {
    return scalable;
  }

  @Nullable ContextCacheEntry context(DmaRequest request) {
    return contexts.lookup(rules.contextTag(request.sourceId()), 0);
  }

  @Nullable IotlbEntry translation(DmaRequest request) {
    return iotlb.lookup(rules.iotlbTag(request.sourceId()), request.iova());
  }

  @Nullable PagingStructureEntry pagingStructure(DmaRequest request) {
    return pagingStructures.lookup(rules.pagingStructureTag(request.domainId()), request.iova());
  }

  /** Keeps the context entry that the request has just read. */
  void fillContext(DmaRequest request) {
    contexts.fill(
        new ContextCacheEntry(
            rules.contextTag(request.sourceId()),
            request.sourceId(),
            request.domainId(),
            request.translationType(),
            request.addressWidth(),
            request.table,
            request.faultsSilenced(),
            null));
  }

  /** Keeps why there is no context entry, in caching mode: under domain tag 0. INV-018 */
  @Clause("VTD-042")
  void fillContextFault(DmaRequest request, FaultReason fault) {
    if (rules.keepsAbsence(unit)) {
      contexts.fill(
          new ContextCacheEntry(
              rules.contextTag(request.sourceId()),
              request.sourceId(),
              0,
              0,
              0,
              0,
              request.faultsSilenced(),
              fault));
    }
  }

  /** Keeps where the page of 2^shift bytes around the address is, and with which rights. */
  void fillTranslation(DmaRequest request, int shift, long page, int rights) {
    long inPage = (1L << shift) - 1;
    IotlbEntry entry = spareTranslation == null ? new IotlbEntry() : spareTranslation;
    spareTranslation =
        iotlb.fill(
            entry.hold(
                rules.iotlbTag(request.sourceId()),
                request.domainId(),
                request.iova() & ~inPage,
                shift,
                page,
                rights,
                request.faultsSilenced()));
  }

  /** Keeps the pointer that the request has just read in an entry of a level. */
  void fillPagingStructure(DmaRequest request, int level, long table, int rights) {
    long below = (1L << SecondStageEntry.shift(level)) - 1;
    PagingStructureEntry entry = sparePointer == null ? new PagingStructureEntry() : sparePointer;
    sparePointer =
        pagingStructures.fill(
            entry.hold(
                rules.pagingStructureTag(request.domainId()),
                request.domainId(),
                request.iova() & ~below,
                level,
                table,
                rights));
  }

  /** Keeps that an entry of a level is not present, in caching mode. */
  @Clause("VTD-042")
  void fillAbsent(DmaRequest request, int level) {
    if (!rules.keepsAbsence(unit)) {
      return;
    }
    if (level == 1) {
      fillTranslation(request, SecondStageEntry.shift(level), 0, 0);
    } else {
      fillPagingStructure(request, level, 0, 0);
    }
  }

  void invalidate(ContextInvalidation order) {
    contexts.invalidate(entry -> scopes.takes(order, entry));
    scalable.invalidate(order);
  }

  void invalidate(IotlbInvalidation order) {
    iotlb.invalidate(entry -> scopes.takes(order, entry));
    pagingStructures.invalidate(entry -> scopes.takes(order, entry));
    scalable.invalidate(order);
  }

  /** Drops everything. VTD-043 */
  void invalidateAll() {
    contexts.invalidate(entry -> true);
    iotlb.invalidate(entry -> true);
    pagingStructures.invalidate(entry -> true);
    scalable.invalidateAll();
  }
}
