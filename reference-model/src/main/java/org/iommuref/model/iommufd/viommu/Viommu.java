package org.iommuref.model.iommufd.viommu;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.hwpt.InvalidationTarget;
import org.iommuref.model.iommufd.kernel.RwSemaphore;
import org.iommuref.model.iommufd.kernel.Spinlock;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.backend.VirtualUnit;
import org.iommuref.spec.backend.VirtualUnitHost;
import org.iommuref.spec.backend.VirtualUnits;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** A virtual unit over a page table. Linux: struct iommufd_viommu. */
public final class Viommu implements InvalidationTarget, VirtualUnitHost {

  /** The name of the lock of its queues of events. */
  public static final String VEVENTQS_RWSEM = "veventqs_rwsem";

  private final IommufdObject object;
  private final Context context;
  private final HwptPaging hwpt;
  private final int unit;
  private final Map<Long, Vdevice> vdevs = new TreeMap<>();
  private final Map<Integer, EventSink> veventqs = new HashMap<>();
  private final RwSemaphore veventqsRwsem;
  private final Spinlock xaLock;
  private final Shared shared;
  private @Nullable VirtualUnit driver;

  /** A virtual unit behind the unit of that number, not yet known to the driver. */
  Viommu(IommufdObject object, Context context, HwptPaging hwpt, int unit) {
    this.object = object;
    this.context = context;
    this.hwpt = hwpt;
    this.unit = unit;
    this.veventqsRwsem = context.kernel().rwSemaphore(VEVENTQS_RWSEM);
    this.xaLock = context.kernel().spinlock("vdevs.xa_lock");
    this.shared = context.kernel().shared(object.lifetime());
    hwpt.object().hold(Holder.VIOMMU);
  }

  /** Has the driver make its part. */
  @Nullable Errno init(VirtualUnits drivers, Device device, @Nullable UserData data) {
    Result<VirtualUnit> made = drivers.make(device.rid(), this, hwpt.common().domain(), data);
    if (made.isOk()) {
      driver = made.value();
    }
    return made.errno();
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.VIOMMU;
  }

  /** The page table beneath it. */
  public HwptPaging hwpt() {
    return hwpt;
  }

  /** Its part in the driver. */
  public VirtualUnit driver() {
    return Objects.requireNonNull(driver);
  }

  /** Whether a device is behind the same unit. */
  public boolean isBehindSameUnit(Device device) {
    return context
        .kernel()
        .backend()
        .extension(VirtualUnits.class)
        .filter(drivers -> drivers.unitOf(device.rid()) == unit)
        .isPresent();
  }

  /** From now on a virtual id names a virtual device. */
  void add(Vdevice vdevice) {
    shared.change(
        new ViommuStep.StoreVdevice(vdevice.virtualId()),
        step -> vdevs.put(step.virtualId(), vdevice));
  }

  /** From now on a virtual id names a virtual device no more, if it did. */
  void remove(Vdevice vdevice) {
    shared.change(
        new ViommuStep.EraseVdevice(vdevice.virtualId()),
        step -> vdevs.remove(step.virtualId(), vdevice));
  }

  /** The virtual device that a virtual id names, or null. */
  @Nullable Vdevice find(long virtualId) {
    return shared
        .look(
            new ViommuStep.FindVdevice(virtualId),
            step -> Optional.ofNullable(vdevs.get(step.virtualId())))
        .orElse(null);
  }

  /** Adds a queue of events; {@link #veventqsRwsem} is held for writing. */
  public void addQueue(int type, EventSink queue) {
    shared.change(new ViommuStep.AddQueue(type), step -> veventqs.put(step.type(), queue));
  }

  /** Removes a queue of events; {@link #veventqsRwsem} is held for writing. */
  public void removeQueue(int type) {
    shared.change(new ViommuStep.RemoveQueue(type), step -> veventqs.remove(step.type()));
  }

  /** The queue of events of a type, or null; {@link #veventqsRwsem} is held. */
  public @Nullable EventSink queue(int type) {
    return shared
        .look(
            new ViommuStep.FindQueue(type), step -> Optional.ofNullable(veventqs.get(step.type())))
        .orElse(null);
  }

  /** Held for reading by whoever reports an event. */
  public RwSemaphore veventqsRwsem() {
    return veventqsRwsem;
  }

  @Override
  public boolean canInvalidate() {
    return true;
  }

  @Override
  public Result<Integer> invalidate(UserDataArray entries) {
    return driver().invalidate(entries);
  }

  @Override
  public @Nullable Rid deviceOf(long virtualId) {
    xaLock.lock();
    Vdevice found = find(virtualId);
    Rid device = found == null ? null : found.device().rid();
    xaLock.unlock();
    return device;
  }

  @Override
  public @Nullable Long virtualIdOf(Rid device) {
    xaLock.lock();
    Long found =
        shared
            .look(new ViommuStep.FindVirtualId(device.toString()), step -> standingFor(device))
            .map(Vdevice::virtualId)
            .orElse(null);
    xaLock.unlock();
    return found;
  }

  private Optional<Vdevice> standingFor(Rid device) {
    return vdevs.values().stream().filter(each -> each.device().rid().equals(device)).findFirst();
  }

  @Override
  public Result<Done> report(int type, byte[] data) {
    veventqsRwsem.downRead();
    try {
      EventSink queue = queue(type);
      Errno failure = queue == null ? Errno.EOPNOTSUPP : queue.take(data);
      return failure == null ? Result.done() : Result.err(failure);
    } finally {
      veventqsRwsem.upRead();
    }
  }

  @Override
  public Result<Long> offer(long[] frames) {
    if (context.kernel().fails("allocation of a region")) {
      return Result.err(Errno.ENOMEM);
    }
    return Result.ok(regions().add(this, frames));
  }

  @Override
  public void withdraw(long offset) {
    regions().remove(offset);
  }

  private MmapRegions regions() {
    return context.part(MmapRegions.class, MmapRegions::new);
  }

  @Override
  public void destroy() {
    if (driver != null) {
      driver.destroy();
    }
    hwpt.object().drop(Holder.VIOMMU);
  }
}
