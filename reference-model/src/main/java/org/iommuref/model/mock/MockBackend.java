package org.iommuref.model.mock;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DeviceCapabilities;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.HardwareInfo;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PagingDomains;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.RangeMapping;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Environment;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's mock driver: pages of 2 KiB, an aperture from 16 MiB to 2 GiB, no caches, no faults
 * of its own. Its devices make no accesses. Linux: mock_ops in selftest.c.
 */
public final class MockBackend
    implements IommuBackend,
        PasidBackend,
        PagingDomains,
        RangeMapping,
        DeviceCapabilities,
        HardwareInfo,
        TestDevices {

  /** What it says of itself. */
  public static final HwInfo HW_INFO =
      new HwInfo(
          "mock",
          MockDomains.PAGE_SIZES,
          MockPageTable.ADDRESS_BITS,
          1 << MockDevice.PASID_WIDTH,
          Set.of(),
          Set.of());

  private static final int INFO_TYPE = 0xfeedbeef;
  private static final byte[] INFO = {
    0, 0, 0, 0, (byte) 0xef, (byte) 0xbe, (byte) 0xad, (byte) 0xde
  };

  private static final Pasid PASID_1024 = new Pasid(1024);

  private final Memory memory;
  private final Allocations allocations;
  private final Function<Lifetime, Shared> shared;
  private final Shared made;
  private final MockDomains domains;
  private final MockNestedDomains nested;
  private final MockPageRequests requests;
  private final MockDirty dirty;
  private final MockVirtualUnits virtual;
  private final TestDmabufs dmabufs = new TestDmabufs(1L << 37);
  private final Map<Rid, MockDevice> devices = new HashMap<>();
  private final BitSet numbers = new BitSet();

  /** No device and no domain. */
  public MockBackend(Environment environment, Allocations allocations) {
    this.memory = environment.memory();
    this.allocations = allocations;
    this.shared = lifetime -> new Shared(environment.steps(), environment.footprint(), lifetime);
    this.made = shared.apply(new Lifetime("the mock devices"));
    this.domains = new MockDomains(allocations, shared);
    this.dirty = new MockDirty(domains);
    this.nested = new MockNestedDomains(allocations, shared);
    this.requests = new MockPageRequests(allocations, shared);
    this.virtual =
        new MockVirtualUnits(
            allocations,
            nested,
            new KernelPages(memory, shared),
            this::device,
            this::translate,
            () -> new Mutex(environment.steps(), "mock_viommu.queue_mutex"));
  }

  @Override
  public HwInfo hwInfo() {
    return HW_INFO;
  }

  @Override
  public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
    return Stream.of(this, nested, requests, dirty, virtual, dmabufs)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  @Override
  public Result<Rid> create(int flags) {
    if ((flags & ~MockDevice.KNOWN_FLAGS) != 0) {
      return Result.err(Errno.EINVAL);
    }
    if (allocations.fails("allocation of a mock device")) {
      return Result.err(Errno.ENOMEM);
    }
    return Result.ok(made.take(new MockStep.CreateDevice(flags), step -> make(step.flags())));
  }

  private Rid make(int flags) {
    int number = numbers.nextClearBit(0);
    numbers.set(number);
    Rid rid = new Rid(number);
    devices.put(rid, new MockDevice(rid, flags, shared.apply(new Lifetime(rid))));
    return rid;
  }

  @Override
  public void destroy(Rid device) {
    made.change(
        new MockStep.DestroyDevice(device),
        step -> {
          devices.remove(step.device());
          numbers.clear(step.device().value());
        });
  }

  @Override
  public Result<Done> probe(Rid device) {
    return devices.containsKey(device) ? Result.done() : Result.err(Errno.ENODEV);
  }

  @Override
  public Result<Done> release(Rid device) {
    return devices.containsKey(device) ? Result.done() : Result.err(Errno.ENODEV);
  }

  @Override
  public List<ReservedRegion> reservedRegions(Rid device) {
    return List.of();
  }

  @Override
  public Result<Done> allocateDomain(DomainId domain, DomainType type) {
    return domains.allocate(domain, type);
  }

  @Override
  public Result<Done> allocatePaging(
      DomainId domain, Rid device, int flags, @Nullable UserData data) {
    return domains.allocatePaging(domain, device(device), flags, data);
  }

  @Override
  public DomainGeometry geometry(DomainId domain) {
    return domains.paging(domain).geometry();
  }

  @Override
  public Result<Done> freeDomain(DomainId domain) {
    domains.free(domain);
    nested.free(domain);
    requests.free(domain);
    virtual.free(domain);
    return Result.done();
  }

  @Override
  public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
    MockDevice attached = device(device);
    if (domains.tracksDirty(domain) && !attached.canTrackDirty()) {
      return Result.err(Errno.EINVAL);
    }
    Errno failure = virtual.enter(device, domain);
    if (failure == null) {
      failure = requests.enable(device, domain);
    }
    if (failure != null) {
      return Result.err(failure);
    }
    requests.disable(device, attached.domain());
    attached.attach(domain);
    return Result.done();
  }

  @Override
  public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
    MockDevice attached = device(device);
    if (pasid.equals(PASID_1024) && attached.failsSetOfPasid1024()) {
      return Result.err(Errno.ENOMEM);
    }
    Errno failure = requests.enable(device, domain);
    if (failure != null) {
      return Result.err(failure);
    }
    requests.disable(device, old);
    attached.pasids().put(pasid, domain);
    return Result.done();
  }

  @Override
  public void removePasid(Rid device, Pasid pasid, DomainId old) {
    MockDevice attached = device(device);
    if (pasid.equals(PASID_1024)) {
      attached.forgetFailureOfPasid1024();
    }
    requests.disable(device, old);
    attached.pasids().remove(pasid);
  }

  @Override
  public boolean isCapable(Rid device, Cap capability) {
    return switch (capability) {
      case CACHE_COHERENCY -> true;
      case DIRTY_TRACKING -> device(device).canTrackDirty();
      case ENFORCE_CACHE_COHERENCY, PCI_ATS_SUPPORTED -> false;
    };
  }

  @Override
  public int maxPasids(Rid device) {
    return device(device).maxPasids();
  }

  @Override
  public Result<Info> hardwareInfo(Rid device, int type) {
    if (type != TYPE_DEFAULT && type != INFO_TYPE) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    if (allocations.fails("allocation of hardware information")) {
      return Result.err(Errno.ENOMEM);
    }
    return Result.ok(new Info(INFO_TYPE, INFO.clone()));
  }

  @Override
  public Result<Long> mapRange(DomainId domain, Iova iova, PhysAddr paddr, long size, Prot prot) {
    if (allocations.fails("allocation of a table")) {
      return Result.err(Errno.ENOMEM);
    }
    MockPageTable table = domains.paging(domain);
    return table
        .shared()
        .take(
            new MockStep.MapRange(domain, iova.bytes(), size),
            step -> table.map(step.iova(), paddr.bytes(), step.size(), prot));
  }

  @Override
  public long unmapRange(DomainId domain, Iova iova, long size, Gather gather) {
    MockPageTable table = domains.paging(domain);
    return table
        .shared()
        .take(
            new MockStep.UnmapRange(domain, iova.bytes(), size),
            step -> table.unmap(step.iova(), step.size(), gather));
  }

  @Override
  public Result<Long> map(
      DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
    return mapRange(domain, iova, paddr, pageSize * count, prot);
  }

  @Override
  public Result<Done> syncMap(DomainId domain, Iova iova, long size) {
    return Result.done();
  }

  @Override
  public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
    return unmapRange(domain, iova, pageSize * count, gather);
  }

  @Override
  public void sync(DomainId domain, Gather gather) {
    gather.reset();
  }

  @Override
  public void flushAll(DomainId domain) {
    // nothing is cached
  }

  /** {@inheritDoc} A call makes a step of it. */
  @Override
  public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    MockPageTable table = domains.paging(domain);
    table.shared().read();
    return new PhysAddr(table.translate(iova.bytes()));
  }

  private PhysAddr translate(DomainId domain, Iova iova) {
    MockPageTable table = domains.paging(domain);
    var step = new MockStep.Translate(domain, iova.bytes());
    return new PhysAddr(table.shared().look(step, each -> table.translate(each.iova())));
  }

  /** {@inheritDoc} A mock device reaches no memory. */
  @Override
  public AccessOutcome access(DeviceAccess access) {
    return AccessOutcome.blocked();
  }

  @Override
  public FaultLog takeFaults() {
    return new FaultLog(List.of(), false);
  }

  @Override
  public Memory memory() {
    return memory;
  }

  private MockDevice device(Rid rid) {
    return Objects.requireNonNull(devices.get(rid), () -> "no mock device " + rid);
  }
}
