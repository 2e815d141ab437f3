package org.iommuref.model.mock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.VirtualUnit;
import org.iommuref.spec.backend.VirtualUnitHost;
import org.iommuref.spec.backend.VirtualUnits;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/**
 * The virtual units of the mock driver, all behind its one unit. Linux: mock_get_viommu_size,
 * mock_viommu_init.
 */
final class MockVirtualUnits implements VirtualUnits, FalseCache, TestEvents {

  private static final int EVENT_SELFTEST = 0xbeefbeef;

  private final Allocations allocations;
  private final MockNestedDomains nested;
  private final KernelPages pages;
  private final Function<Rid, MockDevice> devices;
  private final BiFunction<DomainId, Iova, PhysAddr> translation;
  private final Supplier<Mutex> mutexes;
  private final Map<DomainId, MockViommu> byDomain = new HashMap<>();

  MockVirtualUnits(
      Allocations allocations,
      MockNestedDomains nested,
      KernelPages pages,
      Function<Rid, MockDevice> devices,
      BiFunction<DomainId, Iova, PhysAddr> translation,
      Supplier<Mutex> mutexes) {
    this.mutexes = mutexes;
    this.translation = translation;
    this.allocations = allocations;
    this.nested = nested;
    this.pages = pages;
    this.devices = devices;
  }

  @Override
  public int unitOf(Rid device) {
    return 0;
  }

  @Override
  public boolean offers(Rid device, int type) {
    return type == MockViommu.TYPE;
  }

  @Override
  public Result<VirtualUnit> make(
      Rid device, VirtualUnitHost host, DomainId parent, @Nullable UserData data) {
    MockViommu made = new MockViommu(this, host, parent, mutexes.get());
    Errno failure = data == null ? null : made.loopBack(data);
    return failure == null ? Result.ok(made) : Result.err(failure);
  }

  boolean fails(String what) {
    return allocations.fails(what);
  }

  PhysAddr translate(DomainId domain, Iova iova) {
    return translation.apply(domain, iova);
  }

  KernelPages pages() {
    return pages;
  }

  MockDevice device(Rid rid) {
    return devices.apply(rid);
  }

  Result<Done> allocateNested(MockViommu unit, DomainId domain, int flags, UserData data) {
    Result<Done> made = nested.make(domain, flags, data);
    if (made.isOk()) {
      byDomain.put(domain, unit);
    }
    return made;
  }

  void free(DomainId domain) {
    byDomain.remove(domain);
  }

  /** A device enters a domain: it is then behind the domain's unit or none. ENOENT without id. */
  @Nullable Errno enter(Rid rid, DomainId domain) {
    MockViommu unit = byDomain.get(domain);
    Long virtualId = unit == null ? Long.valueOf(0) : unit.host().virtualIdOf(rid);
    if (virtualId == null) {
      return Errno.ENOENT;
    }
    MockDevice device = device(rid);
    if (unit != device.place().map(MockViommu.Place::unit).orElse(null)) {
      device.enter(
          Optional.ofNullable(unit).map(entered -> new MockViommu.Place(entered, virtualId)));
    }
    return null;
  }

  @Override
  public int cache(Rid device, int entry) {
    return device(device).cache(entry);
  }

  @Override
  public Result<Done> trigger(Rid rid) {
    MockViommu.Place place = device(rid).place().orElse(null);
    if (place == null || place.virtualId() == 0) {
      return Result.err(Errno.ENOENT);
    }
    byte[] event =
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) place.virtualId())
            .array();
    return place.unit().host().report(EVENT_SELFTEST, event);
  }
}
