package org.iommuref.hw.vtd.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A user's first-stage table. Linux: struct iommu_hwpt_vtd_s1.
 *
 * @param flags of {@code SUPERVISOR}, {@code EXTENDED_ACCESSED} and {@code WRITE_PROTECT}
 * @param address of the top table, for the guest
 * @param width bits of address: 48 or 57
 */
record UserTable(long flags, long address, int width) {

  /** IOMMU_HWPT_DATA_VTD_S1. */
  static final int TYPE = 1;

  /** Bytes of the structure, up to its reserved end and with it. */
  static final int BYTES = 24;

  /** IOMMU_VTD_S1_SRE. */
  static final long SUPERVISOR = 1;

  /** IOMMU_VTD_S1_EAFE. */
  static final long EXTENDED_ACCESSED = 2;

  /** IOMMU_VTD_S1_WPE. */
  static final long WRITE_PROTECT = 4;

  private static final int FOUR_LEVELS = 48;
  private static final int FIVE_LEVELS = 57;

  /** What the bytes of the structure say. */
  static UserTable read(byte[] structure) {
    ByteBuffer fields = ByteBuffer.wrap(structure).order(ByteOrder.LITTLE_ENDIAN);
    return new UserTable(fields.getLong(0), fields.getLong(8), fields.getInt(16));
  }

  boolean has(long flag) {
    return (flags & flag) != 0;
  }

  boolean hasFiveLevels() {
    return width == FIVE_LEVELS;
  }

  /** Why a unit cannot walk the table, or null. Linux: intel_pasid_setup_nested. */
  @Nullable Errno refusal(UnitParts unit) {
    boolean known = width == FOUR_LEVELS || (hasFiveLevels() && unit.can(Capability.FS5LP));
    boolean supervisor = !has(SUPERVISOR) || unit.has(ExtendedCapability.SRS);
    boolean accessed = !has(EXTENDED_ACCESSED) || unit.has(ExtendedCapability.EAFS);
    return known && supervisor && accessed ? null : Errno.EINVAL;
  }
}
