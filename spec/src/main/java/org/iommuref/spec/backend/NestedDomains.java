package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * Domains whose first stage is a table of the user, over a paging domain. Linux:
 * iommu_ops.domain_alloc_nested, iommu_domain_ops.cache_invalidate_user.
 */
public interface NestedDomains extends BackendExtension {

  /**
   * Allocates a nested domain under a name that the caller chose.
   *
   * @param device the device that it must fit
   * @param parent the paging domain beneath it
   * @param flags IOMMU_HWPT_ALLOC_*, as in include/uapi/linux/iommufd.h
   * @param data describes the user's table
   * @return EOPNOTSUPP for a flag or a type of data that the driver does not have, EINVAL, EFAULT,
   *     ENOMEM
   */
  Result<Done> allocateNested(
      DomainId domain, Rid device, DomainId parent, int flags, UserData data);

  /**
   * Whether a paging domain is of the driver that serves the device, so that its unit can walk it.
   * Linux: iommu_domain.owner.
   */
  default boolean isOfDriverOf(Rid device, DomainId parent) {
    return true;
  }

  /** Whether anything can be invalidated. Linux: iommu_domain_ops.cache_invalidate_user. */
  default boolean canInvalidate() {
    return true;
  }

  /**
   * Makes what is cached of the user's table unusable, entry by entry.
   *
   * @return how many entries were handled, also with an error: EOPNOTSUPP, EINVAL, EFAULT
   */
  Result<Integer> invalidate(DomainId domain, UserDataArray entries);
}
