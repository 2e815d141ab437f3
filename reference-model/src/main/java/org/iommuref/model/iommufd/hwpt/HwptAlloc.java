package org.iommuref.model.iommufd.hwpt;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import java.util.Objects;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioctl.CallUserData;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_HWPT_ALLOC: makes a page table for a device. */
public final class HwptAlloc {

  private static final int DATA_NONE = 0;

  private static final Field FLAGS = in32("flags", 4);
  private static final Field DEV_ID = in32("dev_id", 8);
  private static final Field PT_ID = in32("pt_id", 12);
  private static final Field OUT_HWPT_ID = out32("out_hwpt_id", 16);
  private static final Field RESERVED = reserved("__reserved", 20, 4);
  private static final Field DATA_TYPE = in32("data_type", 24);
  private static final Field DATA_LEN = in32("data_len", 28);
  private static final Field DATA_UPTR = in64("data_uptr", 32);
  private static final Field FAULT_ID = in32("fault_id", 40);
  private static final Field RESERVED2 = reserved("__reserved2", 44, 4);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_HWPT_ALLOC",
              0x3b89,
              CommandLayout.of(
                      "iommu_hwpt_alloc",
                      48,
                      FLAGS,
                      DEV_ID,
                      PT_ID,
                      OUT_HWPT_ID,
                      RESERVED,
                      DATA_TYPE,
                      DATA_LEN,
                      DATA_UPTR,
                      FAULT_ID,
                      RESERVED2)
                  .endingAt(RESERVED),
              Checks.<Ucmd>inOrder()
                  .when(
                      "HWPT-001", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP)
                  .when(
                      "HWPT-002",
                      "there is a length without a type of data",
                      u -> u.u32(DATA_TYPE) == DATA_NONE && u.u32(DATA_LEN) != 0,
                      EINVAL)
                  .when(
                      "HWPT-002",
                      "there is a type of data without a length",
                      u -> u.u32(DATA_TYPE) != DATA_NONE && u.u32(DATA_LEN) == 0,
                      EINVAL)
                  .needs(
                      "HWPT-003",
                      "there is no such device",
                      u -> u.misses(DEV_ID, Device.class),
                      ENOENT)
                  .needs(
                      "HWPT-004",
                      "there is no such source",
                      u -> u.misses(PT_ID, ObjectBody.class),
                      EINVAL)
                  .needs(
                      "HWPT-006",
                      "nothing can be made from it",
                      u -> HwptSources.of(u.held(PT_ID, ObjectBody.class)) == null,
                      EINVAL),
              HwptAlloc::run)
          .orderedBy("HWPT-007");

  /** What is asked of the queue of faults, when the page table is there. */
  public static final CheckList<Ucmd> FAULT_QUEUE =
      new CheckList<>(
          "iommufd_hwpt_alloc",
          Checks.<Ucmd>inOrder()
              .needs(
                  "HWPT-023",
                  "there is no such queue of faults",
                  u -> reportsFaults(u) && u.misses(FAULT_ID, HwptFault.class),
                  ENOENT));

  private HwptAlloc() {}

  private static boolean reportsFaults(Ucmd ucmd) {
    return (ucmd.u32(FLAGS) & HwptFlags.FAULT_ID_VALID) != 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    ObjectBody source = ucmd.held(PT_ID, ObjectBody.class);
    HwptSource type = Objects.requireNonNull(HwptSources.of(source));
    type.lock(source);
    try {
      Device device = ucmd.held(DEV_ID, Device.class);
      UserData data =
          new CallUserData(ucmd, ucmd.u32(DATA_TYPE), ucmd.u64(DATA_UPTR), ucmd.u32(DATA_LEN));
      Result<? extends HwPagetable> made =
          type.allocate(ucmd, source, device, ucmd.u32(FLAGS), data);
      return made.isOk() ? publish(ucmd, made.value()) : made.errno();
    } finally {
      type.unlock(source);
    }
  }

  private static @Nullable Errno publish(Ucmd ucmd, HwPagetable hwpt) {
    Errno failure = FAULT_QUEUE.refusal(ucmd.kernel(), ucmd);
    if (failure == null) {
      if (reportsFaults(ucmd)) {
        hwpt.common().reportTo(ucmd.held(FAULT_ID, HwptFault.class));
        ucmd.release(FAULT_ID);
      }
      ucmd.set(OUT_HWPT_ID, hwpt.object().id());
      failure = ucmd.respond();
    }
    if (failure == null) {
      ucmd.context().objects().finish(hwpt);
    } else {
      ucmd.context().objects().abortAndDestroy(hwpt);
    }
    return failure;
  }
}
