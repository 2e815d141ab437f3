package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a unit that a guest takes for a unit of its own. Linux: iommu_ops.get_viommu_size,
 * iommu_ops.viommu_init.
 */
public interface VirtualUnits extends BackendExtension {

  /** Names the unit that a device is behind; two devices behind one have the same number. */
  int unitOf(Rid device);

  /** Whether the driver has virtual units of the type for the device. */
  boolean offers(Rid device, int type);

  /**
   * Makes a virtual unit of a type that is offered.
   *
   * @param device the device that it is made with
   * @param host what the driver may ask for as long as the unit exists
   * @param parent the paging domain beneath it
   * @param data of the user, or null for none
   * @return EOPNOTSUPP, EINVAL, EFAULT, ENOMEM
   */
  Result<VirtualUnit> make(
      Rid device, VirtualUnitHost host, DomainId parent, @Nullable UserData data);
}
