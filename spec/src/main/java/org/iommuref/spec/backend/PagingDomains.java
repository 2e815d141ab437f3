package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * Paging domains that are made for one device, with flags and with data of the user. Linux:
 * iommu_ops.domain_alloc_paging_flags.
 */
public interface PagingDomains extends BackendExtension {

  /**
   * Allocates a paging domain under a name that the caller chose.
   *
   * @param device the device that it must fit
   * @param flags IOMMU_HWPT_ALLOC_*, as in include/uapi/linux/iommufd.h
   * @param data of the user, or null for none
   * @return EOPNOTSUPP for a flag or a type of data that the driver does not have, EINVAL, EFAULT,
   *     ENOMEM
   */
  Result<Done> allocatePaging(DomainId domain, Rid device, int flags, @Nullable UserData data);

  /** What a paging domain can map. */
  DomainGeometry geometry(DomainId domain);
}
