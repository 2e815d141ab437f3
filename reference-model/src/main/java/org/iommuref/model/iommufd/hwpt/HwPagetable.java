package org.iommuref.model.iommufd.hwpt;

import org.iommuref.model.iommufd.object.ObjectBody;
import org.jspecify.annotations.Nullable;

/** A hardware page table of either type. Linux: struct iommufd_hw_pagetable. */
public interface HwPagetable extends ObjectBody {

  /** What both types have. */
  HwptCommon common();

  /** find_hwpt_paging: itself, or its parent; null if it has none. */
  @Nullable HwptPaging paging();
}
