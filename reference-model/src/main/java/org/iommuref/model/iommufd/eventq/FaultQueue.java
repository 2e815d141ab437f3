package org.iommuref.model.iommufd.eventq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.iommuref.model.core.PageFaultGroup;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.DeviceHandle;
import org.iommuref.model.iommufd.hwpt.HwptFault;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.kernel.Spinlock;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;

/**
 * Groups of page requests that wait to be read, and those that were read and wait for an answer.
 * Linux: struct iommufd_fault.
 */
final class FaultQueue implements HwptFault, EventQueue {

  static final int RECORD = 40;
  private final IommufdObject object;
  private final Kernel kernel;
  private final Mutex mutex;
  private final Spinlock lock;
  private final Shared shared;
  private final Deque<PageFaultGroup> deliver = new ArrayDeque<>();
  private final TreeMap<Integer, PageFaultGroup> response = new TreeMap<>();
  private @Nullable FileId file;

  FaultQueue(IommufdObject object, Context context) {
    this.object = object;
    this.kernel = context.kernel();
    this.mutex = kernel.mutex(EventQueue.MUTEX);
    this.lock = kernel.spinlock(LOCK);
    this.shared = kernel.shared(object.lifetime());
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.FAULT;
  }

  @Override
  public @Nullable FileId unpublishedFile() {
    return file;
  }

  void openedAs(FileId opened) {
    file = opened;
  }

  /** iommufd_fault_iopf_handler. */
  @Override
  public boolean take(PageFaultGroup group) {
    if (kernel.fails("allocation of a group of page requests")) {
      return false;
    }
    lock.lock();
    shared.change(new EventStep.AddEvent(object.id()), step -> deliver.addLast(group));
    lock.unlock();
    return true;
  }

  @Override
  public Result<Integer> read(Caller caller, long buffer, long count) {
    Errno refusal = FaultQueueAlloc.READ.refusal(kernel, count);
    if (refusal != null) {
      return Result.err(refusal);
    }
    mutex.lock();
    try {
      int done = 0;
      Errno failure = null;
      for (PageFaultGroup group = fetch(); group != null; group = fetch()) {
        int length = group.requests().size() * RECORD;
        GroupDelivery delivery =
            length > count - done
                ? new GroupDelivery(false, null)
                : new GroupDelivery(true, readOne(caller, buffer + done, group));
        if (!delivery.isDone()) {
          restore(group);
        }
        failure = GroupDelivery.ENDS.refusal(kernel, delivery);
        if (failure != null) {
          break; // told only where nothing was read
        }
        done += delivery.isDone() ? length : 0;
      }
      return done == 0 && failure != null ? Result.err(failure) : Result.ok(done);
    } finally {
      mutex.unlock();
    }
  }

  /** iommufd_fault_deliver_fetch. */
  private @Nullable PageFaultGroup fetch() {
    lock.lock();
    PageFaultGroup first =
        shared
            .take(
                new EventStep.TakeFirst(object.id()),
                step -> Optional.ofNullable(deliver.pollFirst()))
            .orElse(null);
    lock.unlock();
    return first;
  }

  /** iommufd_fault_deliver_restore. */
  private void restore(PageFaultGroup group) {
    lock.lock();
    shared.change(new EventStep.PutBack(object.id()), step -> deliver.addFirst(group));
    lock.unlock();
  }

  /** Has a group wait for an answer and writes it to the user, or neither. */
  private @Nullable Errno readOne(Caller caller, long buffer, PageFaultGroup group) {
    if (kernel.fails("allocation of a cookie")) {
      return Errno.ENOMEM;
    }
    int cookie = shared.take(new EventStep.AllocateCookie(object.id()), step -> awaitAnswer(group));
    int device = ((DeviceHandle) group.handle()).device().object().readId();
    long at = buffer;
    for (PageRequest request : group.requests()) {
      byte[] record = record(request, device, cookie);
      if (!kernel.processes().copyOut(caller.process(), at, record).isOk()) {
        erase(cookie);
        return Errno.EFAULT;
      }
      at += RECORD;
    }
    return null;
  }

  private int awaitAnswer(PageFaultGroup group) {
    int cookie = 1;
    while (response.containsKey(cookie)) {
      cookie++;
    }
    response.put(cookie, group);
    return cookie;
  }

  private @Nullable PageFaultGroup erase(int cookie) {
    return shared
        .take(
            new EventStep.EraseCookie(object.id(), cookie),
            step -> Optional.ofNullable(response.remove(step.cookie())))
        .orElse(null);
  }

  /** struct iommu_hwpt_pgfault. */
  private static byte[] record(PageRequest request, int device, int cookie) {
    return ByteBuffer.allocate(RECORD)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, request.flags())
        .putInt(4, device)
        .putInt(8, request.pasid())
        .putInt(12, request.group())
        .putInt(16, request.perm())
        .putLong(24, request.address())
        .putInt(36, cookie)
        .array();
  }

  @Override
  public Result<Integer> write(Caller caller, long buffer, long count) {
    Errno refusal = FaultQueueAlloc.WRITE.refusal(kernel, count);
    if (refusal != null) {
      return Result.err(refusal);
    }
    mutex.lock();
    try {
      int done = 0;
      Errno failure = null;
      while (done < count && failure == null) {
        failure = takeAnswer(caller, buffer + done);
        done += failure == null ? PageResponseWrite.SIZE : 0;
      }
      return done == 0 && failure != null ? Result.err(failure) : Result.ok(done);
    } finally {
      mutex.unlock();
    }
  }

  private @Nullable Errno takeAnswer(Caller caller, long address) {
    Result<byte[]> copied =
        kernel.processes().copyIn(caller.process(), address, PageResponseWrite.SIZE);
    var answer =
        new PageResponseWrite(
            copied.isOk() ? copied.value() : null, cookie -> Optional.ofNullable(erase(cookie)));
    Errno refusal = PageResponseWrite.CHECKS.refusal(kernel, answer);
    if (refusal == null) {
      answer.respond();
    }
    return refusal;
  }

  @Override
  public boolean takesAnswers() {
    return true;
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
  public List<PageFaultGroup> seenGroups() {
    List<PageFaultGroup> groups = new ArrayList<>(deliver);
    groups.addAll(response.values());
    return groups;
  }

  @Override
  public void autoRespond(AttachHandle handle) {
    mutex.lock();
    respondToAll(group -> group.handle() == handle);
    mutex.unlock();
  }

  @Override
  public void destroy() {
    respondToAll(group -> true);
  }

  /** Answers those that were not read, and then those that were. */
  private void respondToAll(Predicate<PageFaultGroup> wanted) {
    lock.lock();
    List<PageFaultGroup> unread =
        shared.take(new EventStep.TakeGroups(object.id()), step -> takeAll(wanted));
    lock.unlock();
    unread.forEach(group -> group.respond(PageResponse.INVALID));
    for (EventStep.Cookie next = next(0); next != null; next = next(next.number())) {
      if (wanted.test(next.group())) {
        erase(next.number());
        next.group().respond(PageResponse.INVALID);
      }
    }
  }

  private List<PageFaultGroup> takeAll(Predicate<PageFaultGroup> wanted) {
    List<PageFaultGroup> taken = new ArrayList<>();
    deliver.removeIf(group -> wanted.test(group) && taken.add(group));
    return taken;
  }

  private EventStep.@Nullable Cookie next(int after) {
    return shared
        .look(new EventStep.NextCookie(object.id(), after), step -> above(step.after()))
        .orElse(null);
  }

  private Optional<EventStep.Cookie> above(int after) {
    return Optional.ofNullable(response.higherEntry(after))
        .map(entry -> new EventStep.Cookie(entry.getKey(), entry.getValue()));
  }

  @Override
  public String toString() {
    return type() + " " + object.id();
  }
}
