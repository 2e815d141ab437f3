package org.iommuref.model.iommufd.viommu;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.spec.errno.Errno.EEXIST;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.ENOMEM;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_VDEVICE_ALLOC: gives a device a virtual id on a virtual unit. */
public final class VdeviceAlloc {

  private static final Field VIOMMU_ID = in32("viommu_id", 4);
  private static final Field DEV_ID = in32("dev_id", 8);
  private static final Field OUT_VDEVICE_ID = out32("out_vdevice_id", 12);
  private static final Field VIRT_ID = in64("virt_id", 16);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_VDEVICE_ALLOC",
              0x3b91,
              CommandLayout.of(
                  "iommu_vdevice_alloc", 24, VIOMMU_ID, DEV_ID, OUT_VDEVICE_ID, VIRT_ID),
              Checks.<Ucmd>inOrder()
                  .needs(
                      "VIOMMU-010",
                      "there is no such virtual unit",
                      u -> u.misses(VIOMMU_ID, Viommu.class),
                      ENOENT)
                  .needs(
                      "VIOMMU-011",
                      "there is no such device",
                      u -> u.misses(DEV_ID, Device.class),
                      ENOENT)
                  .when(
                      "VIOMMU-012",
                      "the device is behind another unit",
                      u -> !viommu(u).isBehindSameUnit(device(u)),
                      EINVAL),
              VdeviceAlloc::run)
          .orderedBy("VIOMMU-017");

  /** What is asked of the device under the lock of its group. */
  public static final CheckList<Ucmd> LOCKED =
      new CheckList<>(
              "iommufd_vdevice_alloc_ioctl",
              Checks.<Ucmd>inOrder()
                  .when(
                      "VIOMMU-016", "the device is unbound", u -> device(u).isDestroying(), ENOENT)
                  .needs(
                      "VIOMMU-013",
                      "the device has a virtual one",
                      u -> device(u).vdevice() != null,
                      EEXIST))
          .orderedBy("VIOMMU-017");

  private VdeviceAlloc() {}

  private static Viommu viommu(Ucmd ucmd) {
    return ucmd.held(VIOMMU_ID, Viommu.class);
  }

  private static Device device(Ucmd ucmd) {
    return ucmd.held(DEV_ID, Device.class);
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Device device = device(ucmd);
    device.igroup().lock().lock();
    try {
      Errno refusal = LOCKED.refusal(ucmd.kernel(), ucmd);
      return refusal == null ? make(ucmd, device) : refusal;
    } finally {
      device.igroup().lock().unlock();
    }
  }

  private static @Nullable Errno make(Ucmd ucmd, Device device) {
    Context context = ucmd.context();
    Viommu viommu = viommu(ucmd);
    long virtualId = ucmd.u64(VIRT_ID);
    Result<Vdevice> made =
        context
            .objects()
            .allocate(object -> new Vdevice(object, context, viommu, device, virtualId));
    if (!made.isOk()) {
      return made.errno();
    }
    Errno failure = publish(ucmd, viommu, made.value());
    if (failure == null) {
      made.value().holdDevice();
      context.objects().finish(made.value());
    } else {
      context.objects().abortAndDestroy(made.value());
    }
    return failure;
  }

  private static @Nullable Errno publish(Ucmd ucmd, Viommu viommu, Vdevice made) {
    if (viommu.find(made.virtualId()) != null) {
      return EEXIST; // VIOMMU-014
    }
    if (ucmd.kernel().fails("allocation of a virtual id")) {
      return ENOMEM;
    }
    made.become();
    ucmd.set(OUT_VDEVICE_ID, made.object().id());
    return ucmd.respond();
  }
}
