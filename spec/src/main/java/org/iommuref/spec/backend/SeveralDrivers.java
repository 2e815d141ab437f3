package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;

/** Devices that are not all served by one driver. Linux: dev_iommu_ops. */
public interface SeveralDrivers extends BackendExtension {

  /**
   * The number of the driver that serves a device; domains of one are not for devices of another.
   */
  int driverOf(Rid device);
}
