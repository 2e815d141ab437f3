package org.iommuref.hw.vtd.unit;

/** What a lookup in each cache presents besides the address. Manual 6.2.1. */
public interface CacheTags {

  /** The context cache is found by requester. */
  default int context(int sourceId) {
    return sourceId;
  }

  /** The IOTLB is found by requester. */
  default int iotlb(int sourceId) {
    return sourceId;
  }

  /** The paging-structure caches are found by domain. */
  default int pagingStructure(int domainId) {
    return domainId;
  }
}
