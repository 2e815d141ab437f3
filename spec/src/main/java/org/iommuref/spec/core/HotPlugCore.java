package org.iommuref.spec.core;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;

/** Devices that come and go. Linux: iommu_probe_device, iommu_release_device. */
public interface HotPlugCore {

  /**
   * Probes a device into a group of its own and attaches its default domain.
   *
   * @return the group, by the lowest number that is free; ENODEV, ENOMEM, or the driver's error
   */
  Result<GroupId> addDevice(Rid device);

  /**
   * Probes a device into the group that firmware and topology put it in: into the domain that the
   * group is in, or, as the first of its group, into a default domain.
   *
   * @return the group; ENODEV, ENOMEM, or the driver's error
   */
  Result<GroupId> addDevice(Rid device, GroupId group);

  /** Ends to serve a device; its group goes with the last one. */
  void removeDevice(Rid device);
}
