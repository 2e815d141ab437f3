package org.iommuref.spec.backend;

/**
 * What a paging domain can map.
 *
 * <p>Linux: iommu_domain.pgsize_bitmap, .geometry and .dirty_ops.
 *
 * @param pageSizes the page sizes as a bitmap in bytes
 * @param first the first address that devices can issue
 * @param last the last one, unsigned
 * @param tracksDirty whether the domain records which pages devices have written
 */
public record DomainGeometry(long pageSizes, long first, long last, boolean tracksDirty) {

  /** The smallest page in bytes. */
  public long smallestPage() {
    return Long.lowestOneBit(pageSizes);
  }
}
