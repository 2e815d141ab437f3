package org.iommuref.hw.vtd.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.HardwareInfo;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/**
 * What the driver tells of a unit to those who build tables for it. Source:
 * drivers/iommu/intel/iommu.c intel_iommu_hw_info.
 *
 * @param cap CAP of the unit
 * @param ecap ECAP of the unit
 */
record UnitFacts(long cap, long ecap) implements HardwareInfo {

  /** IOMMU_HW_INFO_TYPE_INTEL_VTD. */
  private static final int TYPE = 1;

  private static final int BYTES = 24;

  /** No page that is only readable in a domain on which others are nested. */
  private static final int ERRATA_772415 = 1;

  @Override
  public Result<Info> hardwareInfo(Rid device, int type) {
    if (type != TYPE_DEFAULT && type != TYPE) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    ByteBuffer structure = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    structure.putInt(0, ERRATA_772415).putLong(8, cap).putLong(16, ecap);
    return Result.ok(new Info(TYPE, structure.array()));
  }
}
