package org.iommuref.model.iommufd.device;

import org.iommuref.model.iommufd.hwpt.HwPagetable;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The result of an attach or a replace.
 *
 * @param errno why it failed, or null
 * @param former the page table that the caller lets go of, or null if there is none
 */
record Change(@Nullable Errno errno, @Nullable HwPagetable former) {

  static final Change DONE = new Change(null, null);

  static Change failed(Errno errno) {
    return new Change(errno, null);
  }

  /** An attach or a replace of one device to one page table. */
  @FunctionalInterface
  interface How {
    /** Does it. */
    Change to(Device device, int pasid, HwPagetable hwpt);
  }
}
