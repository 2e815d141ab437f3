package org.iommuref.model.iommufd.eventq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.model.iommufd.viommu.EventSink;
import org.iommuref.model.iommufd.viommu.Viommu;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;

/**
 * The events of one type of a virtual unit. Linux: struct iommufd_veventq.
 *
 * <p>Events are numbered. Where some are lost, one record at the end says so, until another event
 * comes whose number tells the same.
 */
final class Veventq implements EventQueue, EventSink {

  private static final int HEADER = 8;
  private static final int LOST_EVENTS = 1;

  private final IommufdObject object;
  private final Kernel kernel;
  private final Viommu viommu;
  private final int type;
  private final int depth;
  private final Deque<Event> deliver = new ArrayDeque<>();
  private int events;
  private int sequence;
  private @Nullable FileId file;

  /** A queue; the unit's list of queues is held for writing. */
  Veventq(IommufdObject object, Context context, Viommu viommu, int type, int depth) {
    this.object = object;
    this.kernel = context.kernel();
    this.viommu = viommu;
    this.type = type;
    this.depth = depth;
    viommu.object().hold();
    viommu.veventqs().put(type, this);
  }

  /**
   * What waits to be read.
   *
   * @param lost whether it tells that events are lost, and has no data
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Event(boolean lost, int sequence, byte[] data) {

    /** struct iommufd_vevent_header and what is behind it. */
    byte[] bytes() {
      return ByteBuffer.allocate(HEADER + data.length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(lost ? LOST_EVENTS : 0)
          .putInt(sequence)
          .put(data)
          .array();
    }
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.VEVENTQ;
  }

  @Override
  public @Nullable FileId unpublishedFile() {
    return file;
  }

  void openedAs(FileId opened) {
    file = opened;
  }

  @Override
  public @Nullable Errno take(byte[] data) {
    if (kernel.fails("allocation of an event")) {
      add(true, new byte[0]);
      return Errno.ENOMEM;
    }
    if (events == depth) {
      add(true, new byte[0]);
      return null;
    }
    events++;
    add(false, data.clone());
    return null;
  }

  /** iommufd_vevent_handler: what follows a record of loss at the end takes its place. */
  private void add(boolean lost, byte[] data) {
    Event last = deliver.peekLast();
    if (last != null && last.lost()) {
      deliver.removeLast();
    }
    deliver.addLast(new Event(lost, sequence, data));
    sequence = (sequence + 1) & Integer.MAX_VALUE;
  }

  @Override
  public Result<Integer> read(Caller caller, long buffer, long count) {
    if (count < HEADER) {
      return Result.err(Errno.EINVAL);
    }
    int done = 0;
    Errno failure = null;
    while (!deliver.isEmpty() && failure == null && count - done >= HEADER) {
      if (deliver.getFirst().lost() && kernel.fails("allocation of a copy of an event")) {
        failure = Errno.ENOMEM;
        break;
      }
      Event event = deliver.removeFirst();
      byte[] bytes = event.bytes();
      failure = write(caller, buffer + done, bytes, count - done);
      if (failure != null) {
        restore(event);
      } else {
        events -= event.lost() ? 0 : 1;
        done += bytes.length;
      }
    }
    return done == 0 && failure != null ? Result.err(failure) : Result.ok(done);
  }

  private @Nullable Errno write(Caller caller, long buffer, byte[] bytes, long room) {
    if (bytes.length > room) {
      return Errno.EINVAL; // told only where nothing was read
    }
    return kernel.processes().copyOut(caller.process(), buffer, bytes).isOk() ? null : Errno.EFAULT;
  }

  /** Puts back what could not be read; a record of loss only if nothing has come since. */
  private void restore(Event event) {
    if (!event.lost() || deliver.isEmpty()) {
      deliver.addFirst(event);
    }
  }

  @Override
  public boolean takesAnswers() {
    return false;
  }

  @Override
  public boolean hasRecords() {
    return !deliver.isEmpty();
  }

  @Override
  public void destroy() {
    viommu.veventqsRwsem().downWrite();
    abort();
    viommu.veventqsRwsem().upWrite();
  }

  /** {@inheritDoc} The unit's list of queues is held for writing. */
  @Override
  public void abort() {
    deliver.clear();
    viommu.veventqs().remove(type);
    viommu.object().drop();
  }
}
