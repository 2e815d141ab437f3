package org.iommuref.model.mock;

import java.util.Objects;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.spec.backend.HardwareQueue;
import org.iommuref.spec.backend.HardwareQueueHost;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** The queues of a mock virtual unit: each needs the one before it. Linux: struct mock_hw_queue. */
final class MockHwQueues {

  private static final int MOST = 2;

  private final Mutex mutex;
  private final @Nullable HardwareQueueHost[] queues = new @Nullable HardwareQueueHost[MOST];

  MockHwQueues(Mutex mutex) {
    this.mutex = mutex;
  }

  /** mock_hw_queue_init_phys; whether the address is the right one is known. */
  Result<HardwareQueue> make(HardwareQueueHost queue, int index, boolean isRightAddress) {
    mutex.lock();
    try {
      return makeLocked(queue, index, isRightAddress);
    } finally {
      mutex.unlock();
    }
  }

  private Result<HardwareQueue> makeLocked(
      HardwareQueueHost queue, int index, boolean isRightAddress) {
    Errno refusal = refusal(index, isRightAddress);
    if (refusal != null) {
      return Result.err(refusal);
    }
    HardwareQueueHost previous = index == 0 ? null : queues[index - 1];
    if (previous != null) {
      Errno failure = queue.dependOn(previous).errno();
      if (failure != null) {
        return Result.err(failure);
      }
    }
    queues[index] = queue;
    return Result.ok(() -> end(index, previous));
  }

  private @Nullable Errno refusal(int index, boolean isRightAddress) {
    if (Integer.compareUnsigned(index, MOST) >= 0) {
      return Errno.EINVAL;
    }
    if (queues[index] != null) {
      return Errno.EEXIST;
    }
    if (index > 0 && queues[index - 1] == null) {
      return Errno.EIO;
    }
    return isRightAddress ? null : Errno.EFAULT;
  }

  private void end(int index, @Nullable HardwareQueueHost previous) {
    mutex.lock();
    HardwareQueueHost queue = Objects.requireNonNull(queues[index]);
    queues[index] = null;
    if (previous != null) {
      queue.undependOn(previous);
    }
    mutex.unlock();
  }
}
