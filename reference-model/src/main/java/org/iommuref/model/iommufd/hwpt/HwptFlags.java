package org.iommuref.model.iommufd.hwpt;

/** The flags of a new page table. Linux: enum iommufd_hwpt_alloc_flags. */
public final class HwptFlags {

  /** IOMMU_HWPT_ALLOC_NEST_PARENT: nested page tables can stand on it. */
  public static final int NEST_PARENT = 1;

  /** IOMMU_HWPT_ALLOC_DIRTY_TRACKING: it records what devices write. */
  public static final int DIRTY_TRACKING = 2;

  /** IOMMU_HWPT_FAULT_ID_VALID: page faults go to a queue. */
  public static final int FAULT_ID_VALID = 4;

  /** IOMMU_HWPT_ALLOC_PASID: it may be used beside PASIDs. */
  public static final int PASID = 8;

  private HwptFlags() {}
}
