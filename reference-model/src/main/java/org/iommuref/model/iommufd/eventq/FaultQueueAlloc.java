package org.iommuref.model.iommufd.eventq;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;
import static org.iommuref.spec.errno.Errno.ESPIPE;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.jspecify.annotations.Nullable;

/** IOMMU_FAULT_QUEUE_ALLOC: makes a queue of page requests and its file. */
public final class FaultQueueAlloc {

  private static final Field FLAGS = in32("flags", 4);
  private static final Field OUT_FAULT_ID = out32("out_fault_id", 8);
  private static final Field OUT_FAULT_FD = out32("out_fault_fd", 12);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_FAULT_QUEUE_ALLOC",
          0x3b8e,
          CommandLayout.of("iommu_fault_alloc", 16, FLAGS, OUT_FAULT_ID, OUT_FAULT_FD),
          Checks.<Ucmd>inOrder()
              .when("IOPF-001", "a flag is set", u -> u.u32(FLAGS) != 0, EOPNOTSUPP),
          FaultQueueAlloc::run);

  /** What is asked of the length of a read of the queue. */
  public static final CheckList<Long> READ =
      new CheckList<>(
          "iommufd_fault_fops_read",
          Checks.<Long>inOrder()
              .when("IOPF-014", "it is odd", count -> count % FaultQueue.RECORD != 0, ESPIPE));

  /** What is asked of the length of a write to the queue. */
  public static final CheckList<Long> WRITE =
      new CheckList<>(
          "iommufd_fault_fops_write of several",
          Checks.<Long>inOrder()
              .when("IOPF-021", "it is odd", count -> count % PageResponseWrite.SIZE != 0, ESPIPE));

  private FaultQueueAlloc() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    Context context = ucmd.context();
    Result<FaultQueue> made = context.objects().allocate(object -> new FaultQueue(object, context));
    if (!made.isOk()) {
      return made.errno();
    }
    FaultQueue queue = ucmd.makes(made.value());
    Result<FileId> file = EventFile.open(context, queue);
    if (!file.isOk()) {
      return file.errno();
    }
    queue.openedAs(file.value());
    ProcessId process = ucmd.caller().process();
    Result<Integer> descriptor = ucmd.kernel().processes().install(process, file.value());
    if (!descriptor.isOk()) {
      return descriptor.errno();
    }
    ucmd.set(OUT_FAULT_ID, queue.object().id());
    ucmd.set(OUT_FAULT_FD, descriptor.value());
    Errno fault = ucmd.respond();
    if (fault != null) {
      ucmd.kernel().processes().withdraw(process, descriptor.value());
    }
    return fault;
  }
}
