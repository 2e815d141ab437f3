package org.iommuref.hw.vtd.driver;

import java.util.Comparator;
import org.iommuref.spec.access.Rid;
import org.jspecify.annotations.Nullable;

/**
 * A tag under which hardware may have cached translations of a domain. INV-004.
 *
 * <p>In their order the tags of a device's TLB come behind those of its unit: a device may refill
 * from what the unit still holds. Source: drivers/iommu/intel/cache.c.
 *
 * @param unit the index of the unit
 * @param domainId the domain's id on that unit; of a nested domain, in its parent's list too
 * @param pasid by which translations are tagged, 0 for those of requests without
 * @param kind where they are
 * @param device whose TLB it is, or null
 */
public record CacheTag(int unit, int domainId, int pasid, Kind kind, @Nullable Rid device)
    implements Comparable<CacheTag> {

  /** Where translations are, and of what. Linux: enum cache_tag_type. */
  public enum Kind {
    /** In a unit. */
    IOTLB,
    /** In a unit, of a domain that is nested on this one. */
    NESTING_IOTLB,
    /** In a device. */
    DEVTLB,
    /** In a device, of a domain that is nested on this one. */
    NESTING_DEVTLB
  }

  private static final Comparator<CacheTag> ORDER =
      Comparator.comparingInt(CacheTag::unit)
          .thenComparing(CacheTag::kind)
          .thenComparingInt(CacheTag::domainId)
          .thenComparingInt(CacheTag::pasid)
          .thenComparingInt(tag -> tag.device() == null ? -1 : tag.device().value());

  /** Of requests without PASID in a unit. */
  static CacheTag ofDomain(int unit, int domainId) {
    return new CacheTag(unit, domainId, 0, Kind.IOTLB, null);
  }

  @Override
  public int compareTo(CacheTag other) {
    return ORDER.compare(this, other);
  }
}
