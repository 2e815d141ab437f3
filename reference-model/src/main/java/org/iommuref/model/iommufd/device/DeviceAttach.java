package org.iommuref.model.iommufd.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.hwpt.HwPagetable;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.hwpt.ImmediateAttach;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * Attaches devices to page tables, by the id of one or of an IOAS. Linux: iommufd_device_attach,
 * iommufd_device_replace, iommufd_device_detach.
 */
public final class DeviceAttach {

  private DeviceAttach() {}

  /**
   * Attaches a device.
   *
   * @param pasid 0 for none
   * @param ptId a page table or an IOAS
   * @return the id of the page table; ENOENT, EINVAL, EBUSY, EADDRINUSE, ENOMEM
   */
  public static Result<Integer> attach(Device device, int pasid, int ptId) {
    Result<Integer> attached = change(device, pasid, ptId, DeviceAttach::attachTo, true);
    if (attached.isOk()) {
      device.object().hold(Holder.ATTACHMENT);
    }
    return attached;
  }

  /** Moves a device that is attached; after an error it is where it was. */
  public static Result<Integer> replace(Device device, int pasid, int ptId) {
    return change(device, pasid, ptId, DeviceReplace::replaceWith, false);
  }

  /** Detaches a device; nothing happens if nothing is attached. */
  public static void detach(Device device, int pasid) {
    if (detachFrom(device, pasid)) {
      device.object().drop(Holder.ATTACHMENT);
    }
  }

  /** iommufd_device_change_pt. */
  private static Result<Integer> change(
      Device device, int pasid, int ptId, Change.How how, boolean immediate) {
    var objects = device.context().objects();
    ObjectBody target = objects.get(ptId, ObjectBody.class);
    Errno refusal =
        AttachRequest.TARGET.refusal(device.context().kernel(), Optional.ofNullable(target));
    if (target == null) {
      return Result.err(Objects.requireNonNull(refusal));
    }
    int[] chosen = {ptId};
    Change change;
    if (refusal != null) {
      change = Change.failed(refusal);
    } else if (target instanceof HwPagetable hwpt) {
      change = how.to(device, pasid, hwpt);
    } else {
      change = byIoas(device, pasid, (Ioas) target, how, immediate, chosen);
    }
    objects.put(target);
    if (change.errno() != null) {
      return Result.err(change.errno());
    }
    if (change.former() != null) {
      letGo(device.context(), change.former()); // with no lock held any more
    }
    return Result.ok(chosen[0]);
  }

  /**
   * iommufd_device_auto_get_domain: the first page table of the IOAS that was made by an attach and
   * suits the device, or a new one.
   */
  private static Change byIoas(
      Device device, int pasid, Ioas ioas, Change.How how, boolean immediate, int[] chosen) {
    ioas.mutex().lock();
    try {
      for (HwptPaging hwpt : autoDomains(ioas)) {
        if (!device.context().objects().tryLock(hwpt)) {
          continue;
        }
        Change change = how.to(device, pasid, hwpt);
        device.context().objects().put(hwpt);
        if (change.errno() != Errno.EINVAL) {
          chosen[0] = hwpt.object().id();
          return change;
        }
      }
      return byNewDomain(device, pasid, ioas, how, immediate, chosen);
    } finally {
      ioas.mutex().unlock();
    }
  }

  private static Change byNewDomain(
      Device device, int pasid, Ioas ioas, Change.How how, boolean immediate, int[] chosen) {
    Context context = device.context();
    ImmediateAttach first = immediate ? new AttachFirst(device, pasid) : null;
    Result<HwptPaging> made = HwptPaging.allocate(context, ioas, device, 0, null, first);
    if (!made.isOk()) {
      return Change.failed(Objects.requireNonNull(made.errno()));
    }
    HwptPaging hwpt = made.value();
    Change change = immediate ? Change.DONE : how.to(device, pasid, hwpt);
    if (change.errno() != null) {
      context.objects().abortAndDestroy(hwpt);
      return change;
    }
    hwpt.becomeAutoDomain();
    chosen[0] = hwpt.object().id();
    context.objects().finish(hwpt);
    return change;
  }

  private static List<HwptPaging> autoDomains(Ioas ioas) {
    List<HwptPaging> found = new ArrayList<>();
    for (ObjectBody each : ioas.hwptList()) {
      if (each instanceof HwptPaging hwpt && hwpt.isAutoDomain()) {
        found.add(hwpt);
      }
    }
    return found;
  }

  private record AttachFirst(Device device, int pasid) implements ImmediateAttach {

    @Override
    public @Nullable Errno attach(HwPagetable hwpt) {
      return attachTo(device, pasid, hwpt).errno();
    }

    @Override
    public void detach() {
      detachFrom(device, pasid);
    }
  }

  /** iommufd_hw_pagetable_attach. */
  private static Change attachTo(Device device, int pasid, HwPagetable hwpt) {
    IommufdGroup igroup = device.igroup();
    igroup.lock().lock();
    try {
      Errno failure = attachLocked(device, pasid, hwpt);
      return failure == null ? Change.DONE : Change.failed(failure);
    } finally {
      igroup.lock().unlock();
    }
  }

  private static @Nullable Errno attachLocked(Device device, int pasid, HwPagetable hwpt) {
    var kernel = device.context().kernel();
    if (kernel.fails("allocation of an attachment")) {
      return Errno.ENOMEM;
    }
    device.igroup().look();
    AttachRequest request = new AttachRequest(device, pasid, hwpt);
    Errno failure = AttachRequest.ATTACH.refusal(kernel, request);
    if (failure != null) {
      return failure;
    }
    HwptPaging reserving = pasid == AttachRequest.NO_PASID ? hwpt.paging() : null;
    if (reserving != null) {
      failure = reserve(device, reserving, request.attach() == null);
      if (failure != null) {
        return failure;
      }
    }
    Attach attach = request.attach();
    if (attach == null) {
      failure = CoreAttachment.attach(hwpt, device, pasid);
      if (failure != null) {
        if (reserving != null) {
          reserving.ioas().iopt().removeReserved(device.rid());
        }
        return failure;
      }
      attach = new Attach(hwpt);
    }
    hwpt.object().hold(Holder.ATTACHMENT);
    device.igroup().record(pasid, attach, device);
    return null;
  }

  /** iommufd_device_attach_reserved_iova: the regions of the device, and the group's doorbells. */
  private static @Nullable Errno reserve(Device device, HwptPaging hwpt, boolean first) {
    Errno failure = hwpt.ioas().iopt().reserveFor(device.rid(), device.igroup());
    if (failure == null && first) {
      failure = SwMsi.setUp(device, hwpt);
      if (failure != null) {
        hwpt.ioas().iopt().removeReserved(device.rid());
      }
    }
    return failure;
  }

  /** iommufd_hw_pagetable_detach; whether anything was attached. */
  private static boolean detachFrom(Device device, int pasid) {
    IommufdGroup igroup = device.igroup();
    HwPagetable hwpt;
    igroup.lock().lock();
    try {
      igroup.look();
      Attach attach = igroup.attachments().get(pasid);
      if (attach == null) {
        return false;
      }
      hwpt = attach.hwpt();
      if (attach.isLast(device)) {
        CoreAttachment.detach(hwpt, device, pasid);
      }
      igroup.forget(pasid, attach, device);
      HwptPaging reserving = pasid == AttachRequest.NO_PASID ? hwpt.paging() : null;
      if (reserving != null) {
        reserving.ioas().iopt().removeReserved(device.rid());
      }
    } finally {
      igroup.lock().unlock();
    }
    letGo(device.context(), hwpt);
    return true;
  }

  /** iommufd_hw_pagetable_put: a page table that an attach made goes with its last device. */
  private static void letGo(Context context, HwPagetable hwpt) {
    if (hwpt instanceof HwptPaging paging && paging.isAutoDomain()) {
      context.objects().putAndTryDestroy(hwpt);
    } else {
      hwpt.object().drop(Holder.ATTACHMENT);
    }
  }
}
