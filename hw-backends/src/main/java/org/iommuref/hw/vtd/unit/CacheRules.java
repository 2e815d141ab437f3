package org.iommuref.hw.vtd.unit;

import org.iommuref.spec.clause.Clause;

/**
 * What a lookup in each cache presents besides the address, and what is kept. Manual 6.1, 6.2.1.
 */
public interface CacheRules {

  /** The context cache is found by requester. */
  default int contextTag(int sourceId) {
    return sourceId;
  }

  /** The IOTLB is found by requester. */
  default int iotlbTag(int sourceId) {
    return sourceId;
  }

  /** The paging-structure caches are found by domain. */
  default int pagingStructureTag(int domainId) {
    return domainId;
  }

  /** Whether it is kept that an entry is not present: in caching mode alone. */
  @Clause({"VTD-042", "MAP-014"})
  default boolean keepsAbsence(VtdConfiguration unit) {
    return unit.cachingMode();
  }
}
