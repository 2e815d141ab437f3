package org.iommuref.hw.vtd.driver;

import java.util.List;
import org.iommuref.hw.vtd.driver.CacheTag.Kind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;

/**
 * What hardware has cached of domains: every call goes by the tags of the domain, one after the
 * other, and returns when nothing is cached any more under any of them.
 *
 * <p>Source: drivers/iommu/intel/cache.c.
 */
final class DomainCaches {

  private static final long ALL = -1;

  private final List<UnitDriver> units;
  private final boolean cachingMode;
  private final TagOrder order;

  /** Those of these units; {@code cachingMode} if one of them caches what is not present. */
  DomainCaches(List<UnitDriver> units, boolean cachingMode, TagOrder order) {
    this.units = units;
    this.order = order;
    this.cachingMode = cachingMode;
  }

  /** Drops what is cached of the pages from {@code first} to {@code last}. */
  @Clause({"INV-004", "INV-005", "INV-015", "INV-017"})
  void flush(VtdDomain domain, long first, long last, boolean leafOnly) {
    for (CacheTag tag : tags(domain)) {
      flush(domain, tag, first, last, leafOnly);
    }
  }

  /** Drops what is cached of the domain. */
  @Clause({"INV-004", "INV-006", "INV-017"})
  void flushAll(VtdDomain domain) {
    for (CacheTag tag : tags(domain)) {
      if (tag.device() != null || domain.kind().isTaggedByPasid()) {
        flush(domain, tag, 0, ALL, false);
      } else {
        unit(tag).domain(tag.domainId());
      }
    }
  }

  /** Makes new mappings seen: units in caching mode are told, but not of a first stage. */
  @Clause("MAP-014")
  void tellNew(VtdDomain domain, long first, long last) {
    if (!cachingMode || domain.kind() == DomainKind.FIRST_STAGE) {
      return;
    }
    for (CacheTag tag : tags(domain)) {
      if (tag.device() == null) {
        flush(domain, tag, first, last, false);
      }
    }
  }

  private void flush(VtdDomain domain, CacheTag tag, long first, long last, boolean leafOnly) {
    Rid device = tag.device();
    if (device != null) {
      flush(tag, device, first, last);
    } else if (domain.kind().isTaggedByPasid()) {
      unit(tag).pagesOfPasid(tag.domainId(), tag.pasid(), first, last, leafOnly);
    } else {
      unit(tag).pages(tag.domainId(), first, last, leafOnly);
    }
  }

  /** What a device keeps of nested tables cannot be told from addresses of the domain beneath. */
  private void flush(CacheTag tag, Rid device, long first, long last) {
    if (tag.kind() == Kind.NESTING_DEVTLB) {
      unit(tag).device(device, tag.pasid());
    } else {
      unit(tag).pagesOfDevice(device, tag.pasid(), first, last);
    }
  }

  private List<CacheTag> tags(VtdDomain domain) {
    return order.inOrder(domain.tags().now());
  }

  private Invalidations unit(CacheTag tag) {
    return units.get(tag.unit()).invalidations();
  }
}
