package org.iommuref.hw.vtd.unit;

import org.iommuref.spec.clause.Clause;

/**
 * What a lookup in each cache presents besides the address, and what is kept. Manual 6.1, 6.2.1.
 */
public interface CacheRules {

  /** The bits of a PASID in a tag. */
  int PASID_BITS = 20;

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

  /** In scalable mode, the PASID cache is found by requester and PASID. */
  @Clause("VTD-157")
  default long pasidTag(int sourceId, int pasid) {
    return (long) sourceId << PASID_BITS | pasid;
  }

  /**
   * In scalable mode, the IOTLB is found by requester and the PASID of the request; -1 for a
   * request without, which finds what such requests have filled.
   */
  @Clause("VTD-158")
  default long iotlbTag(int sourceId, int pasid) {
    return (long) sourceId << (PASID_BITS + 1) | (pasid + 1);
  }

  /** The paging-structure caches of the first stage are found by domain and PASID. */
  @Clause("VTD-160")
  default long firstStageTag(int domainId, int pasid) {
    return (long) domainId << PASID_BITS | pasid;
  }

  /** Whether it is kept that an entry is not present: in caching mode alone. */
  @Clause({"VTD-042", "MAP-014"})
  default boolean keepsAbsence(VtdConfiguration unit) {
    return unit.cachingMode();
  }
}
