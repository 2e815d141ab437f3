package org.iommuref.spec.backend;

import org.iommuref.spec.access.Iova;

/**
 * A driver whose page tables can be marked as if a device had written. Linux:
 * pt_iommu_ops.set_dirty.
 */
public interface DirtyEntries extends BackendExtension {

  /** Whether a paging domain records writes now. */
  boolean recordsWrites(DomainId domain);

  /** Marks the entry of an address as written, if there is one. */
  void setDirty(DomainId domain, Iova iova);
}
