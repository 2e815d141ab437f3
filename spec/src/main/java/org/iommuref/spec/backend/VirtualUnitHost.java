package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** What iommufd does for the driver of a virtual unit. Linux: drivers/iommu/iommufd/driver.c. */
public interface VirtualUnitHost {

  /** iommufd_viommu_find_dev: the device that a guest knows by a virtual id, or null. */
  @Nullable Rid deviceOf(long virtualId);

  /** iommufd_viommu_get_vdev_id: the virtual id of a device on this unit, or null. */
  @Nullable Long virtualIdOf(Rid device);

  /**
   * iommufd_viommu_report_event: puts an event into the unit's queue of a type.
   *
   * @return EOPNOTSUPP if there is no such queue, ENOMEM
   */
  Result<Done> report(int type, byte[] data);

  /**
   * iommufd_viommu_alloc_mmap: offers frames to the user, who can map them.
   *
   * @param frames by number
   * @return the offset by which the user maps them; ENOMEM
   */
  Result<Long> offer(long[] frames);

  /** iommufd_viommu_destroy_mmap: ends an offer. */
  void withdraw(long offset);
}
