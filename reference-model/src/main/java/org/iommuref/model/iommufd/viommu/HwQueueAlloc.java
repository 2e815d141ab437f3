package org.iommuref.model.iommufd.viommu;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/** IOMMU_HW_QUEUE_ALLOC: lets hardware read a queue of a guest. */
public final class HwQueueAlloc {

  private static final Field FLAGS = in32("flags", 4);
  private static final Field VIOMMU_ID = in32("viommu_id", 8);
  private static final Field TYPE = in32("type", 12);
  private static final Field INDEX = in32("index", 16);
  private static final Field OUT_HW_QUEUE_ID = out32("out_hw_queue_id", 20);
  private static final Field IOVA = in64("nesting_parent_iova", 24);
  private static final Field LENGTH = in64("length", 32);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_HW_QUEUE_ALLOC",
              0x3b94,
              CommandLayout.of(
                  "iommu_hw_queue_alloc",
                  40,
                  FLAGS,
                  VIOMMU_ID,
                  TYPE,
                  INDEX,
                  OUT_HW_QUEUE_ID,
                  IOVA,
                  LENGTH),
              Checks.<Ucmd>inOrder()
                  .when("HWQ-001", "a flag is set", u -> u.u32(FLAGS) != 0, EOPNOTSUPP)
                  .when("HWQ-001", "there is no type", u -> u.u32(TYPE) == 0, EOPNOTSUPP)
                  .needs("HWQ-002", "there is no length", u -> u.u64(LENGTH) == 0, EINVAL)
                  .when("HWQ-003", "the range wraps", HwQueueAlloc::wraps, EOVERFLOW)
                  .needs(
                      "HWQ-004",
                      "there is no such virtual unit",
                      u -> u.misses(VIOMMU_ID, Viommu.class),
                      ENOENT)
                  .when(
                      "HWQ-005",
                      "the driver lacks the type",
                      u -> !viommu(u).driver().offersQueue(u.u32(TYPE)),
                      EOPNOTSUPP),
              HwQueueAlloc::run)
          .orderedBy("HWQ-013");

  private HwQueueAlloc() {}

  private static boolean wraps(Ucmd ucmd) {
    long last = ucmd.u64(IOVA) + ucmd.u64(LENGTH) - 1;
    return Long.compareUnsigned(last, ucmd.u64(IOVA)) < 0;
  }

  private static Viommu viommu(Ucmd ucmd) {
    return ucmd.held(VIOMMU_ID, Viommu.class);
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Context context = ucmd.context();
    QueueRange range = new QueueRange(ucmd.u64(IOVA), ucmd.u64(LENGTH));
    Result<HwQueue> made =
        context.objects().allocate(object -> new HwQueue(object, context, range));
    if (!made.isOk()) {
      return made.errno();
    }
    HwQueue queue = ucmd.makes(made.value());
    Errno failure = QueueRange.CHECKS.refusal(ucmd.kernel(), range);
    if (failure == null && ucmd.kernel().fails("allocation of a list of pages")) {
      failure = ENOMEM;
    }
    if (failure == null) {
      Result<PhysAddr> pinned = queue.pin(viommu(ucmd));
      failure =
          pinned.isOk()
              ? queue.init(viommu(ucmd), ucmd.u32(INDEX), pinned.value())
              : pinned.errno();
    }
    if (failure != null) {
      return failure;
    }
    ucmd.set(OUT_HW_QUEUE_ID, queue.object().id());
    return ucmd.respond();
  }
}
