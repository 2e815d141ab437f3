package org.iommuref.model.iommufd.eventq;

import java.util.EnumSet;
import java.util.Set;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.Processes;

/**
 * The file of an event queue; it holds the queue and the file of the context. Linux:
 * iommufd_eventq_init and its file operations.
 */
final class EventFile implements OpenFile {

  /** MAX_RW_COUNT: longer reads and writes are cut to it. */
  private static final long MOST = Integer.MAX_VALUE & -Processes.PAGE_SIZE;

  private final Context context;
  private final EventQueue queue;

  private EventFile(Context context, EventQueue queue) {
    this.context = context;
    this.queue = queue;
  }

  /** Opens the file of a new queue. ENOMEM. */
  static Result<FileId> open(Context context, EventQueue queue) {
    if (context.kernel().fails("allocation of a file")) {
      return Result.err(Errno.ENOMEM);
    }
    FileId file = context.kernel().files().open(new EventFile(context, queue));
    context.get();
    queue.object().hold(Holder.FILE);
    return Result.ok(file);
  }

  @Override
  public Result<Integer> read(Caller caller, long buffer, long count) {
    return count < 0 ? Result.err(Errno.EINVAL) : queue.read(caller, buffer, Math.min(count, MOST));
  }

  @Override
  public Result<Integer> write(Caller caller, long buffer, long count) {
    return count < 0
        ? Result.err(Errno.EINVAL)
        : queue.write(caller, buffer, Math.min(count, MOST));
  }

  @Override
  public Set<Readiness> poll() {
    Set<Readiness> ready = EnumSet.noneOf(Readiness.class);
    if (queue.takesAnswers()) {
      ready.add(Readiness.WRITABLE);
    }
    if (queue.hasRecords()) {
      ready.add(Readiness.READABLE);
    }
    return ready;
  }

  @Override
  public void release() {
    queue.object().drop(Holder.FILE);
    context.put();
  }
}
