package org.iommuref.model.mock;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;

/** A driver that can be told what a device has written. Linux: pt_iommu_ops.set_dirty. */
interface TestDirty extends BackendExtension {

  /** Whether writes are recorded. */
  boolean recordsWrites(DomainId domain);

  /** Marks the entry of an address as written, if there is one. */
  void setDirty(DomainId domain, Iova iova);
}
