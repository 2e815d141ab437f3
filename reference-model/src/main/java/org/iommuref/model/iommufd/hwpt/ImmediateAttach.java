package org.iommuref.model.iommufd.hwpt;

import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** Attaches a device to a page table before it is filled. */
public interface ImmediateAttach {

  /** Attaches; null for success. */
  @Nullable Errno attach(HwPagetable hwpt);

  /** Undoes it. */
  void detach();
}
