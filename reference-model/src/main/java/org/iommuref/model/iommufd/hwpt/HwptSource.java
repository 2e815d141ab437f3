package org.iommuref.model.iommufd.hwpt;

import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Result;

/** A type of object that IOMMU_HWPT_ALLOC can make a page table from, by its {@code pt_id}. */
public interface HwptSource {

  /** Whether the object is of this type. */
  boolean takes(ObjectBody source);

  /**
   * Makes a page table that is not published yet.
   *
   * @param data of the user; its length may be 0
   */
  Result<? extends HwPagetable> allocate(
      Ucmd ucmd, ObjectBody source, Device device, int flags, UserData data);

  /** Takes what must be held until the page table is published or aborted. */
  default void lock(ObjectBody source) {}

  /** Gives it back. */
  default void unlock(ObjectBody source) {}
}
