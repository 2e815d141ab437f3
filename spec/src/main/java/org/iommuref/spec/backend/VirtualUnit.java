package org.iommuref.spec.backend;

import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** A virtual unit in the hands of its driver. Linux: struct iommufd_viommu_ops. */
public interface VirtualUnit {

  /**
   * Allocates a nested domain of this unit under a name that the caller chose. EOPNOTSUPP, EINVAL,
   * EFAULT, ENOMEM.
   */
  Result<Done> allocateNested(DomainId domain, int flags, UserData data);

  /**
   * Makes what the unit has cached unusable, entry by entry.
   *
   * @return how many entries were handled, also with an error: EOPNOTSUPP, EINVAL, E2BIG, EFAULT,
   *     ENOMEM
   */
  Result<Integer> invalidate(UserDataArray entries);

  /** Gives back what the unit has. */
  void destroy();
}
