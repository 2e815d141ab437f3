package org.iommuref.model.iommufd.device;

import org.iommuref.spec.core.AttachHandle;

/**
 * The handle of one attachment: whose it is. Two attachments of one device have two. Linux: struct
 * iommufd_attach_handle.
 */
public final class DeviceHandle implements AttachHandle {

  private final Device device;

  DeviceHandle(Device device) {
    this.device = device;
  }

  /** The device whose attach or replace made it. */
  public Device device() {
    return device;
  }
}
