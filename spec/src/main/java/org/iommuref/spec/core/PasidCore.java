package org.iommuref.spec.core;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * PASIDs in the IOMMU core. Linux: iommu_attach_device_pasid and its like. Clauses PASID-006
 * onwards.
 */
public interface PasidCore {

  /**
   * iommu_attach_device_pasid: EOPNOTSUPP, EINVAL, EBUSY if the PASID of the group is set already.
   */
  Result<Done> attachPasid(Rid device, Pasid pasid, DomainId domain);

  /** iommu_replace_device_pasid: EINVAL if the PASID of the group is not set. */
  Result<Done> replacePasid(Rid device, Pasid pasid, DomainId domain);

  /** iommu_detach_device_pasid: cannot fail. */
  Result<Done> detachPasid(Rid device, Pasid pasid, DomainId domain);
}
