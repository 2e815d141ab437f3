package org.iommuref.model.iommufd.device;

import org.iommuref.model.core.Core;
import org.iommuref.model.iommufd.hwpt.HwPagetable;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the core for a whole group. Linux: iommufd_hwpt_attach_device,
 * iommufd_hwpt_detach_device, iommufd_hwpt_replace_device. The lock of the group is held.
 */
final class CoreAttachment {

  private static final int PASID_BITS = 20;

  private CoreAttachment() {}

  static @Nullable Errno attach(HwPagetable hwpt, Device device, int pasid) {
    Errno refusal = refusal(hwpt, device, pasid);
    if (refusal != null) {
      return refusal;
    }
    DeviceHandle handle = new DeviceHandle(device, hwpt);
    DomainId domain = hwpt.common().domain();
    return pasid == AttachRequest.NO_PASID
        ? core(device).attachGroup(group(device), domain, handle).errno()
        : core(device).attachPasid(device.rid(), new Pasid(pasid), domain, handle).errno();
  }

  static @Nullable Errno replace(HwPagetable hwpt, HwPagetable former, Device device, int pasid) {
    Errno refusal = refusal(hwpt, device, pasid);
    if (refusal != null) {
      return refusal;
    }
    AttachHandle ended = handle(device, pasid);
    DeviceHandle handle = new DeviceHandle(device, hwpt);
    DomainId domain = hwpt.common().domain();
    Errno failure =
        pasid == AttachRequest.NO_PASID
            ? core(device).replaceGroup(group(device), domain, handle).errno()
            : core(device).replacePasid(device.rid(), new Pasid(pasid), domain, handle).errno();
    if (failure == null) {
      core(device).pageFaults().drain(device.rid());
      former.common().autoRespond(ended);
    }
    return failure;
  }

  static void detach(HwPagetable hwpt, Device device, int pasid) {
    AttachHandle ended = handle(device, pasid);
    DomainId domain = hwpt.common().domain();
    var ignored =
        pasid == AttachRequest.NO_PASID
            ? core(device).detachGroup(group(device), domain)
            : core(device).detachPasid(device.rid(), new Pasid(pasid), domain);
    core(device).pageFaults().drain(device.rid());
    hwpt.common().autoRespond(ended);
  }

  private static @Nullable Errno refusal(HwPagetable hwpt, Device device, int pasid) {
    Kernel kernel = device.context().kernel();
    AttachRequest request = new AttachRequest(device, pasid, hwpt);
    Errno refusal = AttachRequest.COMPATIBLE.refusal(kernel, request);
    if (refusal == null) {
      refusal = AttachRequest.PASID_COMPAT.refusal(kernel, request);
    }
    if (refusal != null) {
      return refusal;
    }
    if (kernel.fails("allocation of an attach handle")) {
      return Errno.ENOMEM;
    }
    return isTooWide(pasid) ? Errno.EINVAL : null; // no device has it
  }

  private static @Nullable AttachHandle handle(Device device, int pasid) {
    if (isTooWide(pasid)) {
      return null;
    }
    Pasid named = pasid == AttachRequest.NO_PASID ? null : new Pasid(pasid);
    return core(device).handleOf(group(device), named);
  }

  private static boolean isTooWide(int pasid) {
    return pasid >>> PASID_BITS != 0;
  }

  private static Core core(Device device) {
    return device.context().kernel().core();
  }

  private static GroupId group(Device device) {
    return device.igroup().id();
  }
}
