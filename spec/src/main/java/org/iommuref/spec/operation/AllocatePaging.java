package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PagingDomains;
import org.iommuref.spec.errno.Result.Done;

/** Allocates a paging domain for a device, of which more is asked than that it maps. */
public record AllocatePaging(DomainId domain, Rid device, boolean nestParent, boolean tracksDirty)
    implements BackendOperation<Done> {

  /** IOMMU_HWPT_ALLOC_NEST_PARENT. */
  private static final int NEST_PARENT = 1;

  /** IOMMU_HWPT_ALLOC_DIRTY_TRACKING. */
  private static final int DIRTY_TRACKING = 2;

  @Override
  public String op() {
    return "domain.alloc_paging";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    int flags = (nestParent ? NEST_PARENT : 0) | (tracksDirty ? DIRTY_TRACKING : 0);
    return seam.with(
        PagingDomains.class, b -> Reply.of(b.allocatePaging(domain, device, flags, null)));
  }
}
