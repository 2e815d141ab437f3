package org.iommuref.spec.backend;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.PhysAddr;

/**
 * A driver whose page tables are the generic ones: it takes whole ranges and chooses the pages
 * itself. Linux: struct pt_iommu_ops.
 */
public interface RangeMapping extends BackendExtension {

  /**
   * Maps {@code size} bytes from {@code iova} to {@code paddr} onwards.
   *
   * @return the bytes mapped; EINVAL, ERANGE, EOVERFLOW, ENXIO, EADDRINUSE, ENOMEM with the bytes
   *     mapped before it
   */
  Result<Long> mapRange(DomainId domain, Iova iova, PhysAddr paddr, long size, Prot prot);

  /**
   * Removes {@code size} bytes from {@code iova} onwards up to the first hole, and adds what must
   * be invalidated to the gather.
   *
   * @return the bytes removed, more than asked where a larger page covers the end
   */
  long unmapRange(DomainId domain, Iova iova, long size, Gather gather);
}
