package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;

/** What the driver tells a user of the hardware behind a device. Linux: iommu_ops.hw_info. */
public interface HardwareInfo extends BackendExtension {

  /** The type that stands for whatever the driver tells by itself. */
  int TYPE_DEFAULT = 0;

  /**
   * Describes the hardware.
   *
   * @param type what is asked for, of enum iommu_hw_info_type
   * @return EOPNOTSUPP for a type that the driver does not offer, ENOMEM
   */
  Result<Info> hardwareInfo(Rid device, int type);

  /**
   * A description.
   *
   * @param type of enum iommu_hw_info_type, never 0
   * @param structure the bytes of the structure that belongs to the type; handed on, never compared
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Info(int type, byte[] structure) {}
}
