package org.iommuref.model.iommufd.viommu;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.ioctl.CallUserData;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.VirtualUnits;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_VIOMMU_ALLOC: makes a virtual unit over a page table. */
public final class ViommuAlloc {

  private static final Field FLAGS = in32("flags", 4);
  private static final Field TYPE = in32("type", 8);
  private static final Field DEV_ID = in32("dev_id", 12);
  private static final Field HWPT_ID = in32("hwpt_id", 16);
  private static final Field OUT_VIOMMU_ID = out32("out_viommu_id", 20);
  private static final Field DATA_LEN = in32("data_len", 24);
  private static final Field RESERVED = reserved("__reserved", 28, 4);
  private static final Field DATA_UPTR = in64("data_uptr", 32);

  /** The command; its reserved field is not looked at. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_VIOMMU_ALLOC",
              0x3b90,
              CommandLayout.of(
                      "iommu_viommu_alloc",
                      40,
                      FLAGS,
                      TYPE,
                      DEV_ID,
                      HWPT_ID,
                      OUT_VIOMMU_ID,
                      DATA_LEN,
                      RESERVED,
                      DATA_UPTR)
                  .endingAt(OUT_VIOMMU_ID),
              Checks.<Ucmd>inOrder()
                  .when("VIOMMU-001", "a flag is set", u -> u.u32(FLAGS) != 0, EOPNOTSUPP)
                  .when("VIOMMU-001", "there is no type", u -> u.u32(TYPE) == 0, EOPNOTSUPP)
                  .needs(
                      "VIOMMU-002",
                      "there is no such device",
                      u -> u.misses(DEV_ID, Device.class),
                      ENOENT)
                  .needs("VIOMMU-003", "the driver lacks the type", u -> !isOffered(u), EOPNOTSUPP)
                  .needs(
                      "VIOMMU-004",
                      "there is no such page table",
                      u -> u.misses(HWPT_ID, HwptPaging.class),
                      ENOENT)
                  .when(
                      "VIOMMU-005",
                      "the page table was not made to be a parent",
                      u -> !u.held(HWPT_ID, HwptPaging.class).isNestParent(),
                      EINVAL),
              ViommuAlloc::run)
          .orderedBy("VIOMMU-007");

  private ViommuAlloc() {}

  private static boolean isOffered(Ucmd ucmd) {
    Device device = ucmd.held(DEV_ID, Device.class);
    return ucmd.kernel()
        .backend()
        .extension(VirtualUnits.class)
        .filter(drivers -> drivers.offers(device.rid(), ucmd.u32(TYPE)))
        .isPresent();
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Context context = ucmd.context();
    VirtualUnits drivers = ucmd.kernel().backend().extension(VirtualUnits.class).orElseThrow();
    Device device = ucmd.held(DEV_ID, Device.class);
    HwptPaging hwpt = ucmd.held(HWPT_ID, HwptPaging.class);
    int unit = drivers.unitOf(device.rid());
    Result<Viommu> made =
        context.objects().allocate(object -> new Viommu(object, context, hwpt, unit));
    if (!made.isOk()) {
      return made.errno();
    }
    Viommu viommu = ucmd.makes(made.value());
    Errno failure = viommu.init(drivers, device, data(ucmd));
    if (failure != null) {
      return failure;
    }
    ucmd.set(OUT_VIOMMU_ID, viommu.object().id());
    return ucmd.respond();
  }

  private static @Nullable UserData data(Ucmd ucmd) {
    int length = ucmd.u32(DATA_LEN);
    return length == 0 ? null : new CallUserData(ucmd, ucmd.u32(TYPE), ucmd.u64(DATA_UPTR), length);
  }
}
