package org.iommuref.model.iommufd.eventq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.iommuref.model.core.PageFaultGroup;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.DeviceHandle;
import org.iommuref.model.iommufd.hwpt.HwptFault;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectType;
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

  private static final int RECORD = 40;
  private static final int ANSWER = 8;

  /** Codes of an answer. Linux: enum iommufd_page_response_code. */
  private static final int SUCCESS = 0;

  private static final int INVALID = 1;

  private final IommufdObject object;
  private final Kernel kernel;
  private final Mutex mutex;
  private final Deque<PageFaultGroup> deliver = new ArrayDeque<>();
  private final TreeMap<Integer, PageFaultGroup> response = new TreeMap<>();
  private @Nullable FileId file;

  FaultQueue(IommufdObject object, Context context) {
    this.object = object;
    this.kernel = context.kernel();
    this.mutex = kernel.mutex("fault.mutex");
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
    deliver.addLast(group);
    return true;
  }

  @Override
  public Result<Integer> read(Caller caller, long buffer, long count) {
    if (count % RECORD != 0) {
      return Result.err(Errno.ESPIPE);
    }
    mutex.lock();
    try {
      int done = 0;
      Errno failure = null;
      while (!deliver.isEmpty() && failure == null) {
        int length = deliver.getFirst().requests().size() * RECORD;
        if (length > count - done) {
          failure = Errno.EINVAL; // told only where nothing was read
        } else {
          failure = readFirst(caller, buffer + done);
          done += failure == null ? length : 0;
        }
      }
      return done == 0 && failure != null ? Result.err(failure) : Result.ok(done);
    } finally {
      mutex.unlock();
    }
  }

  /** Moves the first group to those that wait for an answer, unless it cannot be written. */
  private @Nullable Errno readFirst(Caller caller, long buffer) {
    if (kernel.fails("allocation of a cookie")) {
      return Errno.ENOMEM;
    }
    PageFaultGroup group = deliver.getFirst();
    int cookie = lowestFreeCookie();
    int device = ((DeviceHandle) group.handle()).device().object().id();
    long at = buffer;
    for (PageRequest request : group.requests()) {
      byte[] record = record(request, device, cookie);
      if (!kernel.processes().copyOut(caller.process(), at, record).isOk()) {
        return Errno.EFAULT;
      }
      at += RECORD;
    }
    deliver.removeFirst();
    response.put(cookie, group);
    return null;
  }

  private int lowestFreeCookie() {
    int cookie = 1;
    for (int taken : response.keySet()) {
      if (taken != cookie) {
        return cookie;
      }
      cookie++;
    }
    return cookie;
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
    if (count % ANSWER != 0) {
      return Result.err(Errno.ESPIPE);
    }
    mutex.lock();
    try {
      int done = 0;
      Errno failure = null;
      while (done < count && failure == null) {
        failure = takeAnswer(caller, buffer + done);
        done += failure == null ? ANSWER : 0;
      }
      return done == 0 && failure != null ? Result.err(failure) : Result.ok(done);
    } finally {
      mutex.unlock();
    }
  }

  /** struct iommu_hwpt_page_response: a cookie and a code. */
  private @Nullable Errno takeAnswer(Caller caller, long address) {
    Result<byte[]> copied = kernel.processes().copyIn(caller.process(), address, ANSWER);
    if (!copied.isOk()) {
      return Errno.EFAULT;
    }
    ByteBuffer answer = ByteBuffer.wrap(copied.value()).order(ByteOrder.LITTLE_ENDIAN);
    int code = answer.getInt(4);
    if (code != SUCCESS && code != INVALID) {
      return Errno.EINVAL;
    }
    PageFaultGroup group = response.remove(answer.getInt(0));
    if (group == null) {
      return Errno.EINVAL;
    }
    group.respond(code == SUCCESS ? PageResponse.SUCCESS : PageResponse.INVALID);
    return null;
  }

  @Override
  public boolean takesAnswers() {
    return true;
  }

  @Override
  public boolean hasRecords() {
    return !deliver.isEmpty();
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

  private void respondToAll(Predicate<PageFaultGroup> wanted) {
    List<PageFaultGroup> ended = new ArrayList<>();
    deliver.removeIf(group -> wanted.test(group) && ended.add(group));
    response.values().removeIf(group -> wanted.test(group) && ended.add(group));
    ended.forEach(group -> group.respond(PageResponse.INVALID));
  }
}
