package org.iommuref.model.iommufd.device;

import org.iommuref.model.iommufd.hwpt.HwPagetable;
import org.iommuref.spec.core.AttachHandle;

/**
 * The handle of one attachment: whose it is. Two attachments of one device have two. Linux: struct
 * iommufd_attach_handle.
 */
public final class DeviceHandle implements AttachHandle {

  private final Device device;
  private final HwPagetable hwpt;

  DeviceHandle(Device device, HwPagetable hwpt) {
    this.device = device;
    this.hwpt = hwpt;
  }

  /** The device whose attach or replace made it. */
  public Device device() {
    return device;
  }

  /** The page table. */
  HwPagetable hwpt() {
    return hwpt;
  }

  @Override
  public String toString() {
    return "handle of device " + device.object().id();
  }
}
