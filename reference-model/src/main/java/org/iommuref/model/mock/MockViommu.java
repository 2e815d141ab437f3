package org.iommuref.model.mock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.HardwareQueue;
import org.iommuref.spec.backend.HardwareQueueHost;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.backend.VirtualUnit;
import org.iommuref.spec.backend.VirtualUnitHost;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/** A virtual unit of the mock driver. Linux: struct mock_viommu. */
final class MockViommu implements VirtualUnit {

  static final int TYPE = 0xdeadbeef;

  private static final int QUEUE_TYPE = 0xdeadbeef;
  private static final int DATA_MINIMUM = 8;
  private static final int DATA_SIZE = 24;
  private static final int PAGES = 2;
  private static final int ENTRY_SELFTEST = 0xdeadbeef;
  private static final int ENTRY_SIZE = 12;
  private static final int FLAG_ALL = 1;

  private final MockVirtualUnits driver;
  private final VirtualUnitHost host;
  private final DomainId parent;
  private final MockHwQueues queues;
  private long @Nullable [] frames;
  private long offset;

  MockViommu(MockVirtualUnits driver, VirtualUnitHost host, DomainId parent, Mutex mutex) {
    this.queues = new MockHwQueues(mutex);
    this.parent = parent;
    this.driver = driver;
    this.host = host;
  }

  /**
   * Where a device is.
   *
   * @param virtualId its number on the unit when it entered
   */
  record Place(MockViommu unit, long virtualId) {
    @Override
    public String toString() {
      return "device " + virtualId;
    }
  }

  VirtualUnitHost host() {
    return host;
  }

  /** mock_viommu_init with data: a word comes back beside it, and in a region of two pages. */
  @Nullable Errno loopBack(UserData data) {
    Result<byte[]> copied = data.copyIn(TYPE, DATA_MINIMUM, DATA_SIZE);
    if (!copied.isOk()) {
      return copied.errno();
    }
    if (driver.fails("allocation of two pages")) {
      return Errno.ENOMEM;
    }
    byte[] bytes = copied.value();
    ByteBuffer structure = ints(bytes);
    int word = structure.getInt(0);
    frames = driver.pages().take(PAGES, word);
    Result<Long> offered = host.offer(frames);
    Errno failure = offered.errno();
    if (failure == null) {
      offset = offered.value();
      structure.putInt(4, word).putLong(8, offset).putLong(16, PAGES * (long) Processes.PAGE_SIZE);
      failure = data.copyOut(TYPE, DATA_MINIMUM, bytes).errno();
    }
    if (failure != null) {
      giveBack();
    }
    return failure;
  }

  @Override
  public Result<Done> allocateNested(DomainId domain, int flags, UserData data) {
    return driver.allocateNested(this, domain, flags, data);
  }

  @Override
  public Result<Integer> invalidate(UserDataArray entries) {
    if (entries.entries() == 0 && entries.type() == ENTRY_SELFTEST) {
      return Result.ok(0);
    }
    if (driver.fails("allocation of invalidations")) {
      return Result.err(Errno.ENOMEM, 0);
    }
    Result<byte[]> copied = entries.copyAllIn(ENTRY_SELFTEST, ENTRY_SIZE);
    if (!copied.isOk()) {
      return Result.err(Objects.requireNonNull(copied.errno()), 0);
    }
    ByteBuffer all = ints(copied.value());
    for (int done = 0; done < entries.entries(); done++) {
      Errno failure = clear(all, done * ENTRY_SIZE);
      if (failure != null) {
        return Result.err(failure, done);
      }
    }
    return Result.ok(entries.entries());
  }

  private @Nullable Errno clear(ByteBuffer all, int at) {
    int flags = all.getInt(at);
    int entry = all.getInt(at + 8);
    if ((flags & ~FLAG_ALL) != 0) {
      return Errno.EOPNOTSUPP;
    }
    if (Integer.compareUnsigned(entry, FalseCache.ENTRIES) >= 0) {
      return Errno.EINVAL;
    }
    Rid device = host.deviceOf(Integer.toUnsignedLong(all.getInt(at + 4)));
    if (device == null) {
      return Errno.EINVAL;
    }
    driver.device(device).clearCache((flags & FLAG_ALL) != 0 ? -1 : entry);
    return null;
  }

  @Override
  public boolean offersQueue(int type) {
    return type == QUEUE_TYPE;
  }

  @Override
  public Result<HardwareQueue> makeQueue(
      HardwareQueueHost queue, int index, Iova iova, PhysAddr address) {
    return queues.make(queue, index, driver.translate(parent, iova).equals(address));
  }

  @Override
  public void destroy() {
    giveBack();
  }

  private void giveBack() {
    if (offset != 0) {
      host.withdraw(offset);
      offset = 0;
    }
    if (frames != null) {
      driver.pages().giveBack(frames);
      frames = null;
    }
  }

  private static ByteBuffer ints(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
