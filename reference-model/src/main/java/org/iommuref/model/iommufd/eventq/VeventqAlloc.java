package org.iommuref.model.iommufd.eventq;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EEXIST;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.viommu.Viommu;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.jspecify.annotations.Nullable;

/** IOMMU_VEVENTQ_ALLOC: makes a queue of events of a virtual unit, and its file. */
public final class VeventqAlloc {

  private static final int MOST_DEPTH = 1 << 19;

  private static final Field FLAGS = in32("flags", 4);
  private static final Field VIOMMU_ID = in32("viommu_id", 8);
  private static final Field TYPE = in32("type", 12);
  private static final Field DEPTH = in32("veventq_depth", 16);
  private static final Field OUT_VEVENTQ_ID = out32("out_veventq_id", 20);
  private static final Field OUT_VEVENTQ_FD = out32("out_veventq_fd", 24);
  private static final Field RESERVED = reserved("__reserved", 28, 4);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_VEVENTQ_ALLOC",
              0x3b93,
              CommandLayout.of(
                      "iommu_veventq_alloc",
                      32,
                      FLAGS,
                      VIOMMU_ID,
                      TYPE,
                      DEPTH,
                      OUT_VEVENTQ_ID,
                      OUT_VEVENTQ_FD,
                      RESERVED)
                  .endingAt(OUT_VEVENTQ_FD),
              Checks.<Ucmd>inOrder()
                  .when("VEVENTQ-001", "a flag is set", u -> u.u32(FLAGS) != 0, EOPNOTSUPP)
                  .when(
                      "VEVENTQ-001",
                      "a reserved field is set",
                      u -> u.u32(RESERVED) != 0,
                      EOPNOTSUPP)
                  .when("VEVENTQ-001", "there is no type", u -> u.u32(TYPE) == 0, EOPNOTSUPP)
                  .when("VEVENTQ-002", "it has no depth", u -> u.u32(DEPTH) == 0, EINVAL)
                  .when("VEVENTQ-002", "it is too deep", u -> u.u64(DEPTH) > MOST_DEPTH, EINVAL)
                  .needs(
                      "VEVENTQ-003",
                      "there is no such virtual unit",
                      u -> u.misses(VIOMMU_ID, Viommu.class),
                      ENOENT),
              VeventqAlloc::run)
          .orderedBy("VEVENTQ-005");

  /** What is asked of the unit's other queues. Linux: iommufd_veventq_alloc. */
  public static final CheckList<Ucmd> LOCKED =
      new CheckList<>(
              "iommufd_veventq_alloc",
              Checks.<Ucmd>inOrder()
                  .needs(
                      "VEVENTQ-004",
                      "the unit has a queue of the type",
                      u -> viommu(u).queue(u.u32(TYPE)) != null,
                      EEXIST))
          .orderedBy("VEVENTQ-005");

  private VeventqAlloc() {}

  private static Viommu viommu(Ucmd ucmd) {
    return ucmd.held(VIOMMU_ID, Viommu.class);
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Viommu viommu = viommu(ucmd);
    viommu.veventqsRwsem().downWrite();
    try {
      Errno refusal = LOCKED.refusal(ucmd.kernel(), ucmd);
      return refusal == null ? make(ucmd, viommu) : refusal;
    } finally {
      viommu.veventqsRwsem().upWrite();
    }
  }

  private static @Nullable Errno make(Ucmd ucmd, Viommu viommu) {
    Context context = ucmd.context();
    int type = ucmd.u32(TYPE);
    int depth = ucmd.u32(DEPTH);
    Result<Veventq> made =
        context.objects().allocate(object -> new Veventq(object, context, viommu, type, depth));
    if (!made.isOk()) {
      return made.errno();
    }
    Errno failure = open(ucmd, made.value());
    if (failure == null) {
      context.objects().finish(made.value());
    } else {
      context.objects().abortAndDestroy(made.value());
    }
    return failure;
  }

  private static @Nullable Errno open(Ucmd ucmd, Veventq queue) {
    Result<FileId> file = EventFile.open(ucmd.context(), queue);
    if (!file.isOk()) {
      return file.errno();
    }
    queue.openedAs(file.value());
    ProcessId process = ucmd.caller().process();
    Result<Integer> descriptor = ucmd.kernel().processes().install(process, file.value());
    if (!descriptor.isOk()) {
      return descriptor.errno();
    }
    ucmd.set(OUT_VEVENTQ_ID, queue.object().id());
    ucmd.set(OUT_VEVENTQ_FD, descriptor.value());
    Errno fault = ucmd.respond();
    if (fault != null) {
      ucmd.kernel().processes().withdraw(process, descriptor.value());
    }
    return fault;
  }
}
