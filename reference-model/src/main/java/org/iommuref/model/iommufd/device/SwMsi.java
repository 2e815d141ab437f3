package org.iommuref.model.iommufd.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/**
 * Where a context has the doorbells of interrupt controllers mapped, for devices whose interrupts
 * go through their page table. Linux: iommufd_ctx.sw_msi_list, iommufd_sw_msi.
 *
 * <p>Clauses RSV-008 to RSV-015. A doorbell that was given an address keeps it as long as the
 * context lives.
 */
public final class SwMsi {

  /** How many doorbells a context has addresses for, in all windows together. */
  private static final int MOST = 64;

  private static final long PAGE = Processes.PAGE_SIZE;

  private final Kernel kernel;
  private final Mutex lock;
  private final Shared shared;
  private final List<SwMsiMap> maps = new ArrayList<>();

  private SwMsi(Context context) {
    this.kernel = context.kernel();
    this.lock = kernel.mutex("sw_msi_lock");
    this.shared = kernel.shared(new Lifetime("the doorbells of a context"));
  }

  private static SwMsi of(Context context) {
    return context.part(SwMsi.class, SwMsi::new);
  }

  /**
   * iommu_dma_prepare_msi: makes a doorbell reachable for a device that is bound.
   *
   * @param doorbell its address in bytes
   * @return where the device has to write instead, the doorbell itself if nothing is to be mapped;
   *     EOPNOTSUPP if the device is attached to nothing, EOVERFLOW, ENOMEM
   */
  public static Result<Long> prepare(Device device, long doorbell) {
    var core = device.context().kernel().core();
    Rid rid = device.rid();
    return core.whileLocked(
        rid,
        () ->
            core.handleOf(device.igroup().id(), null) instanceof DeviceHandle handle
                ? of(handle.device().context()).prepare(handle, doorbell)
                : Result.err(Errno.EOPNOTSUPP)); // a blocked group has no way to map one
  }

  /** iommufd_sw_msi. */
  private Result<Long> prepare(DeviceHandle handle, long doorbell) {
    IommufdGroup igroup = handle.device().igroup();
    HwptPaging hwpt = handle.hwpt().paging();
    Long start = igroup.swMsiStart();
    if (start == null || hwpt == null) {
      return Result.ok(doorbell);
    }
    lock.lock();
    try {
      long offset = doorbell & (PAGE - 1);
      Result<SwMsiMap> map = mapOf(start, doorbell - offset);
      Errno refused = map.errno();
      if (refused != null) {
        return Result.err(refused);
      }
      Errno failure = install(hwpt, map.value());
      if (failure != null) {
        return Result.err(failure);
      }
      igroup.requiresMsi(map.value().id());
      return Result.ok(map.value().iova() + offset);
    } finally {
      lock.unlock();
    }
  }

  /**
   * iommufd_group_setup_msi: installs every doorbell that a group has used in its window.
   *
   * @return the error of the map
   */
  static @Nullable Errno setUp(Device device, HwptPaging hwpt) {
    Long start = device.igroup().swMsiStart();
    return start == null ? null : of(device.context()).installAll(device.igroup(), start, hwpt);
  }

  private @Nullable Errno installAll(IommufdGroup igroup, long start, HwptPaging hwpt) {
    lock.lock();
    try {
      for (SwMsiMap map : maps) {
        boolean wanted = map.start() == start && igroup.hasUsedMsi(map.id());
        Errno failure = wanted ? install(hwpt, map) : null;
        if (failure != null) {
          return failure;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** iommufd_sw_msi_get_map: one address for a doorbell in each window. */
  private Result<SwMsiMap> mapOf(long start, long page) {
    SwMsiMap known =
        shared.look(new DeviceStep.FindDoorbell(start, page), step -> find(step)).orElse(null);
    if (known != null) {
      return Result.ok(known);
    }
    if (maps.size() == MOST) {
      return Result.err(Errno.EOVERFLOW);
    }
    if (kernel.fails("allocation of a doorbell")) {
      return Result.err(Errno.ENOMEM);
    }
    long before = maps.stream().filter(map -> map.start() == start).count();
    SwMsiMap made = new SwMsiMap(start, page, before, maps.size());
    shared.change(new DeviceStep.AddDoorbell(start, page), step -> maps.add(made));
    return Result.ok(made);
  }

  private Optional<SwMsiMap> find(DeviceStep.FindDoorbell wanted) {
    return maps.stream()
        .filter(map -> map.start() == wanted.window() && map.doorbell() == wanted.page())
        .findFirst();
  }

  /** iommufd_sw_msi_install: straight into the page table, where it stays. */
  private @Nullable Errno install(HwptPaging hwpt, SwMsiMap map) {
    if (hwpt.hasMsi(map.id())) {
      return null;
    }
    Errno failure =
        kernel
            .core()
            .map(
                hwpt.common().domain(),
                new Iova(map.iova()),
                new PhysAddr(map.doorbell()),
                PAGE,
                Prot.READ_WRITE)
            .errno();
    if (failure == null) {
      hwpt.keepsMsi(map.id());
    }
    return failure;
  }
}
