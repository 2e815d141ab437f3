package org.iommuref.spec.core;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * Attachments that carry a handle of their user. Linux: iommu_attach_group_handle and its like.
 *
 * <p>A handle becomes visible when the hardware has switched, and goes after the hardware has left.
 */
public interface AttachHandles {

  /** iommu_attach_group_handle: EBUSY if there is a handle, then as attachGroup. */
  Result<Done> attachGroup(GroupId group, DomainId domain, AttachHandle handle);

  /**
   * iommu_replace_group_handle: as replaceGroup; the same domain again changes the handle alone.
   */
  Result<Done> replaceGroup(GroupId group, DomainId domain, AttachHandle handle);

  /** iommu_attach_device_pasid with a handle. */
  Result<Done> attachPasid(Rid device, Pasid pasid, DomainId domain, AttachHandle handle);

  /** iommu_replace_device_pasid with a handle. */
  Result<Done> replacePasid(Rid device, Pasid pasid, DomainId domain, AttachHandle handle);

  /**
   * iommu_attach_handle_get.
   *
   * @param pasid null for accesses without PASID
   * @return the handle, or null if nothing is attached with one
   */
  @Nullable AttachHandle handleOf(GroupId group, @Nullable Pasid pasid);

  /** The domain that is attached with a handle, or null if none is. */
  @Nullable DomainId domainOf(GroupId group, @Nullable Pasid pasid);
}
