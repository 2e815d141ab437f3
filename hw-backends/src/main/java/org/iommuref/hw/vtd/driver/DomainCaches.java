package org.iommuref.hw.vtd.driver;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.iommuref.hw.vtd.driver.CacheTag.Kind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;

/**
 * What hardware has cached of domains: every call goes by the tags of the domain, unit by unit and
 * in batches, and returns when nothing is cached any more under any of them.
 *
 * <p>Source: drivers/iommu/intel/cache.c.
 */
final class DomainCaches {

  private static final long ALL = -1;

  private final List<UnitDriver> units;
  private final boolean cachingMode;
  private final TagOrder order;
  private final Function<Invalidations, InvalidationBatch> batches;

  /** Those of these units; {@code cachingMode} if one of them caches what is not present. */
  DomainCaches(List<UnitDriver> units, boolean cachingMode, DriverParts parts) {
    this.units = units;
    this.order = parts.tagOrder();
    this.cachingMode = cachingMode;
    this.batches = parts::batch;
  }

  /** Drops what is cached of the pages from {@code first} to {@code last}. */
  @Clause({"INV-004", "INV-005", "INV-015", "INV-017"})
  void flush(VtdDomain domain, long first, long last, boolean leafOnly) {
    inBatches(
        tags(domain), (batch, tag) -> flush(batch, domain.kind(), tag, first, last, leafOnly));
  }

  /** Drops what is cached of the domain. */
  @Clause({"INV-004", "INV-006", "INV-017"})
  void flushAll(VtdDomain domain) {
    inBatches(
        tags(domain),
        (batch, tag) -> {
          if (tag.device() != null || domain.kind().isTaggedByPasid()) {
            flush(batch, domain.kind(), tag, 0, ALL, false);
          } else {
            batch.domain(tag.domainId());
          }
        });
  }

  /** Makes new mappings seen: units in caching mode are told, but not of a first stage. */
  @Clause("MAP-014")
  void tellNew(VtdDomain domain, long first, long last) {
    if (!cachingMode || domain.kind() == DomainKind.FIRST_STAGE) {
      return;
    }
    inBatches(
        tags(domain).stream().filter(tag -> tag.device() == null).toList(),
        (batch, tag) -> flush(batch, domain.kind(), tag, first, last, false));
  }

  /** A batch ends with its unit: each unit has a queue of its own. */
  private void inBatches(List<CacheTag> tags, BiConsumer<Invalidations, CacheTag> flush) {
    for (int next = 0; next < tags.size(); ) {
      int unit = tags.get(next).unit();
      InvalidationBatch batch = batches.apply(units.get(unit).invalidations());
      for (; next < tags.size() && tags.get(next).unit() == unit; next++) {
        flush.accept(batch.gathering(), tags.get(next));
      }
      batch.end();
    }
  }

  private static void flush(
      Invalidations batch, DomainKind kind, CacheTag tag, long first, long last, boolean leafOnly) {
    Rid device = tag.device();
    if (device != null) {
      flush(batch, tag, device, first, last);
    } else if (kind.isTaggedByPasid()) {
      batch.pagesOfPasid(tag.domainId(), tag.pasid(), first, last, leafOnly);
    } else {
      batch.pages(tag.domainId(), first, last, leafOnly);
    }
  }

  /** What a device keeps of nested tables cannot be told from addresses of the domain beneath. */
  private static void flush(Invalidations batch, CacheTag tag, Rid device, long first, long last) {
    if (tag.kind() == Kind.NESTING_DEVTLB) {
      batch.device(device, tag.pasid());
    } else {
      batch.pagesOfDevice(device, tag.pasid(), first, last);
    }
  }

  private List<CacheTag> tags(VtdDomain domain) {
    return order.inOrder(domain.tags().now());
  }
}
