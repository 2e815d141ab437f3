package org.iommuref.model.iommufd.ioas;

import org.iommuref.spec.backend.Prot;

/** The flags of a map or a copy. Linux: enum iommufd_ioas_map_flags. */
public final class MapFlags {

  /** IOMMU_IOAS_MAP_FIXED_IOVA: the caller says where. */
  public static final int FIXED_IOVA = 1;

  /** IOMMU_IOAS_MAP_WRITEABLE. */
  public static final int WRITEABLE = 2;

  /** IOMMU_IOAS_MAP_READABLE. */
  public static final int READABLE = 4;

  /** All of them. */
  public static final int KNOWN = FIXED_IOVA | WRITEABLE | READABLE;

  private MapFlags() {}

  /** conv_iommu_prot: the rights of devices. */
  public static Prot prot(int flags) {
    boolean write = (flags & WRITEABLE) != 0;
    if ((flags & READABLE) != 0) {
      return write ? Prot.READ_WRITE : Prot.READ;
    }
    return write ? Prot.WRITE : Prot.NONE;
  }

  static boolean hasNoRight(int flags) {
    return (flags & (WRITEABLE | READABLE)) == 0;
  }

  /** Whether a number cannot be an IOVA or a length of this kernel. */
  static boolean isTooLarge(long number) {
    return number == -1L;
  }
}
