package org.iommuref.model.iommufd.eventq;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Spinlock;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.model.iommufd.shared.Shared;
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

  private final IommufdObject object;
  private final Kernel kernel;
  private final Spinlock lock;
  private final Shared shared;
  private final Viommu viommu;
  private final int type;
  private final int depth;
  private final Deque<Vevent> deliver = new ArrayDeque<>();
  private int events;
  private int sequence;
  private @Nullable FileId file;

  /** A queue; the unit's list of queues is held for writing. */
  Veventq(IommufdObject object, Context context, Viommu viommu, int type, int depth) {
    this.object = object;
    this.kernel = context.kernel();
    this.lock = kernel.spinlock(EventQueue.LOCK);
    this.shared = kernel.shared(object.lifetime());
    this.viommu = viommu;
    this.type = type;
    this.depth = depth;
    viommu.object().hold(Holder.VEVENTQ);
    viommu.addQueue(type, this);
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
    boolean fails = kernel.fails("allocation of an event");
    lock.lock();
    try {
      if (fails) {
        add(true, new byte[0]);
        return Errno.ENOMEM;
      }
      int count = count();
      if (count == depth) {
        add(true, new byte[0]);
        return null;
      }
      count(count + 1);
      add(false, data.clone());
      return null;
    } finally {
      lock.unlock();
    }
  }

  private int count() {
    return shared.look(new EventStep.ReadCount(object.id()), step -> events);
  }

  private void count(int next) {
    shared.change(new EventStep.WriteCount(object.id(), next), step -> events = step.count());
  }

  /** iommufd_vevent_handler: what follows a record of loss at the end takes its place. */
  private void add(boolean lost, byte[] data) {
    shared.change(
        new EventStep.AddEvent(object.id()),
        step -> {
          Vevent last = deliver.peekLast();
          if (last != null && last.lost()) {
            deliver.removeLast();
          }
          deliver.addLast(new Vevent(lost, sequence, data));
          sequence = (sequence + 1) & Integer.MAX_VALUE;
        });
  }

  @Override
  public Result<Integer> read(Caller caller, long buffer, long count) {
    if (count < Vevent.HEADER) {
      return Result.err(Errno.EINVAL);
    }
    int done = 0;
    Errno failure = null;
    while (failure == null && count - done >= Vevent.HEADER) {
      Result<Optional<Vevent>> fetched = fetch();
      if (!fetched.isOk() || fetched.value().isEmpty()) {
        failure = fetched.errno();
        break;
      }
      Vevent event = fetched.value().get();
      byte[] bytes = event.bytes();
      failure = write(caller, buffer + done, bytes, count - done);
      if (failure != null) {
        restore(event);
      } else {
        done += bytes.length;
        makeRoom(event);
      }
    }
    return done == 0 && failure != null ? Result.err(failure) : Result.ok(done);
  }

  /** iommufd_veventq_deliver_fetch. ENOMEM. */
  private Result<Optional<Vevent>> fetch() {
    lock.lock();
    try {
      Optional<Vevent> first =
          shared.look(
              new EventStep.LookAtFirst(object.id()),
              step -> Optional.ofNullable(deliver.peekFirst()));
      if (first.isEmpty()) {
        return Result.ok(first);
      }
      if (first.get().lost() && kernel.fails("allocation of a copy of an event")) {
        return Result.err(Errno.ENOMEM);
      }
      shared.change(
          new EventStep.Unlink(object.id(), first.get().sequence()), step -> unlink(first.get()));
      return Result.ok(first);
    } finally {
      lock.unlock();
    }
  }

  private void unlink(Vevent event) {
    if (!deliver.removeFirstOccurrence(event)) {
      throw new IllegalStateException("VEVENTQ-029: " + event + " is taken from the list twice");
    }
  }

  private @Nullable Errno write(Caller caller, long buffer, byte[] bytes, long room) {
    if (bytes.length > room) {
      return Errno.EINVAL; // told only where nothing was read
    }
    return kernel.processes().copyOut(caller.process(), buffer, bytes).isOk() ? null : Errno.EFAULT;
  }

  /** An event that was read leaves room for another; a record of loss had none. */
  private void makeRoom(Vevent event) {
    lock.lock();
    if (!event.lost()) {
      count(count() - 1);
    }
    lock.unlock();
  }

  /** Puts back what could not be read; a record of loss only if nothing has come since. */
  private void restore(Vevent event) {
    lock.lock();
    shared.change(
        new EventStep.PutBack(object.id()),
        step -> {
          if (!event.lost() || deliver.isEmpty()) {
            deliver.addFirst(event);
          }
        });
    lock.unlock();
  }

  @Override
  public boolean takesAnswers() {
    return false;
  }

  @Override
  public boolean hasRecords() {
    lock.lock();
    boolean found =
        shared.look(new EventStep.LookForEvents(object.id()), step -> !deliver.isEmpty());
    lock.unlock();
    return found;
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
    viommu.removeQueue(type);
    viommu.object().drop(Holder.VEVENTQ);
  }

  @Override
  public String toString() {
    return type() + " " + object.id();
  }
}
