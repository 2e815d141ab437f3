package org.iommuref.model.iommufd.viommu;

import org.iommuref.model.iommufd.access.Access;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.HardwareQueue;
import org.iommuref.spec.backend.HardwareQueueHost;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/**
 * A queue of a guest that hardware reads by physical addresses. Linux: struct iommufd_hw_queue.
 *
 * <p>An access of the kernel's own keeps its pages pinned and mapped.
 */
final class HwQueue implements ObjectBody, HardwareQueueHost {

  private final IommufdObject object;
  private final Context context;
  private final QueueRange range;
  private @Nullable Access access;
  private @Nullable Viommu viommu;
  private @Nullable HardwareQueue driver;

  HwQueue(IommufdObject object, Context context, QueueRange range) {
    this.object = object;
    this.context = context;
    this.range = range;
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.HW_QUEUE;
  }

  /**
   * iommufd_hw_queue_alloc_phys: pins the pages, which must be adjacent; the address of the first
   * byte. ENOMEM, ENOENT, EPERM, EINVAL, EADDRINUSE, EFAULT.
   */
  Result<PhysAddr> pin(Viommu unit) {
    Result<Access> made = Access.createInternal(context);
    Errno failure = made.errno();
    if (failure != null) {
      return Result.err(failure);
    }
    failure = made.value().attachInternal(unit.hwpt().ioas());
    if (failure != null) {
      context.objects().destroyUser(made.value());
      return Result.err(failure);
    }
    Result<long[]> frames = made.value().pin(range.firstPage(), range.pinnedLength(), false);
    if (!frames.isOk()) {
      failure = frames.errno();
    } else if (!areAdjacent(frames.value())) {
      made.value().unpin(range.firstPage(), range.pinnedLength());
      failure = Errno.EFAULT;
    }
    if (failure != null) {
      context.objects().destroyUser(made.value());
      return Result.err(failure);
    }
    access = made.value();
    viommu = unit;
    unit.object().hold(Holder.HW_QUEUE);
    return Result.ok(new PhysAddr(frames.value()[0] * Processes.PAGE_SIZE + range.offsetInPage()));
  }

  private static boolean areAdjacent(long[] frames) {
    for (int index = 1; index < frames.length; index++) {
      if (frames[index] != frames[index - 1] + 1) {
        return false;
      }
    }
    return true;
  }

  /** Has the driver tell the hardware. */
  @Nullable Errno init(Viommu unit, int index, PhysAddr address) {
    Result<HardwareQueue> made =
        unit.driver().makeQueue(this, index, new Iova(range.iova()), address);
    if (made.isOk()) {
      driver = made.value();
    }
    return made.errno();
  }

  @Override
  public Result<Done> dependOn(HardwareQueueHost other) {
    if (other == this || !(other instanceof HwQueue queue)) {
      return Result.err(Errno.EINVAL);
    }
    queue.object.hold(Holder.HW_QUEUE);
    return Result.done();
  }

  @Override
  public void undependOn(HardwareQueueHost other) {
    if (other instanceof HwQueue queue && queue != this) {
      queue.object.drop(Holder.HW_QUEUE);
    }
  }

  @Override
  public void destroy() {
    if (driver != null) {
      driver.destroy();
    }
    if (access != null) {
      access.unpin(range.firstPage(), range.pinnedLength());
      context.objects().destroyUser(access);
    }
    if (viommu != null) {
      viommu.object().drop(Holder.HW_QUEUE);
    }
  }
}
