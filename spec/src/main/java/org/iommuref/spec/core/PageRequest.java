package org.iommuref.spec.core;

/**
 * A device's wish for a page. Linux: struct iommu_fault_page_request.
 *
 * @param flags of {@link #PASID_VALID} and {@link #LAST_PAGE}; others are passed on
 * @param pasid the PASID, if it is valid
 * @param group the index of the group of requests that it belongs to
 * @param perm what the device wants to do, as IOMMU_FAULT_PERM_*
 * @param address of the page
 */
public record PageRequest(int flags, int pasid, int group, int perm, long address) {

  /** IOMMU_FAULT_PAGE_REQUEST_PASID_VALID. */
  public static final int PASID_VALID = 1;

  /** IOMMU_FAULT_PAGE_REQUEST_LAST_PAGE. */
  public static final int LAST_PAGE = 2;

  /** Whether it has a PASID. */
  public boolean hasPasid() {
    return (flags & PASID_VALID) != 0;
  }

  /** Whether it ends its group. */
  public boolean isLast() {
    return (flags & LAST_PAGE) != 0;
  }
}
