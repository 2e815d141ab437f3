package org.iommuref.model.iommufd.device;

import java.util.Objects;
import org.iommuref.model.iommufd.hwpt.HwPagetable;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** Moves the devices of a group to another page table. Linux: iommufd_device_do_replace. */
final class DeviceReplace {

  private DeviceReplace() {}

  static Change replaceWith(Device device, int pasid, HwPagetable hwpt) {
    IommufdGroup igroup = device.igroup();
    igroup.lock().lock();
    try {
      return replaceLocked(device, pasid, hwpt);
    } finally {
      igroup.lock().unlock();
    }
  }

  private static Change replaceLocked(Device device, int pasid, HwPagetable hwpt) {
    device.igroup().look();
    AttachRequest request = new AttachRequest(device, pasid, hwpt);
    Errno failure = AttachRequest.REPLACE.refusal(device.context().kernel(), request);
    if (failure != null) {
      return Change.failed(failure);
    }
    Attach attach = Objects.requireNonNull(request.attach());
    HwPagetable former = attach.hwpt();
    if (former == hwpt) {
      return Change.DONE;
    }
    HwptPaging next = pasid == AttachRequest.NO_PASID ? hwpt.paging() : null;
    HwptPaging old = pasid == AttachRequest.NO_PASID ? former.paging() : null;
    if (next != null) {
      failure = reserveAll(device, attach, next, old);
      if (failure != null) {
        return Change.failed(failure);
      }
    }
    failure = CoreAttachment.replace(hwpt, former, device, pasid);
    if (failure != null) {
      if (next != null && isOtherIoas(next, old)) {
        removeAll(attach, next);
      }
      return Change.failed(failure);
    }
    if (old != null && isOtherIoas(old, next)) {
      removeAll(attach, old);
    }
    device.igroup().move(pasid, attach, hwpt);
    int count = attach.devices().size();
    hwpt.object().hold(Holder.ATTACHMENT, count);
    for (int index = 1; index < count; index++) {
      former.object().drop(Holder.ATTACHMENT);
    }
    return new Change(null, former); // the last reference is the caller's to let go
  }

  /** iommufd_group_do_replace_reserved_iova: of all devices that are attached, or of none. */
  private static @Nullable Errno reserveAll(
      Device device, Attach attach, HwptPaging next, @Nullable HwptPaging old) {
    Errno refusal = isOtherIoas(next, old) ? reserveAll(attach, next) : null;
    if (refusal != null) {
      return refusal;
    }
    Errno failure = SwMsi.setUp(device, next);
    if (failure != null && isOtherIoas(next, old)) {
      removeAll(attach, next);
    }
    return failure;
  }

  private static @Nullable Errno reserveAll(Attach attach, HwptPaging next) {
    for (Device each : attach.devices().values()) {
      Errno failure = next.ioas().iopt().reserveFor(each.rid(), null);
      if (failure != null) {
        removeAll(attach, next);
        return failure;
      }
    }
    return null;
  }

  private static void removeAll(Attach attach, HwptPaging hwpt) {
    attach.devices().values().forEach(each -> hwpt.ioas().iopt().removeReserved(each.rid()));
  }

  private static boolean isOtherIoas(HwptPaging one, @Nullable HwptPaging other) {
    return other == null || one.ioas() != other.ioas();
  }
}
