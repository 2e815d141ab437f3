package org.iommuref.model.ideal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.iommuref.model.check.Checks;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AttachFailure;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.PagingDomains;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Seam 2 without caches: what software has changed is what the next access meets.
 *
 * <p>Devices have the traits of the topology. Pages of 4 KiB, 2 MiB and 1 GiB; addresses of 48
 * bits; PASIDs 1 to 1023; 16 fault records with reason 0. A call that names a domain or a device
 * that does not exist fails with EINVAL or ENODEV. Clause areas DOM, ATT, PASID, MAP, FREC.
 */
public final class IdealBackend
    implements IommuBackend, PasidBackend, PagingDomains, AttachFailure {

  static final long PAGE_SIZES = 1L << 12 | 1L << 21 | 1L << 30;
  static final int ADDRESS_BITS = 48;
  private static final int MAX_PASIDS = 1 << 10;
  private static final int NEST_PARENT = 1;
  private static final int ALLOC_PASID = 8;

  static final HwInfo HW_INFO =
      new HwInfo(
          "neutral",
          PAGE_SIZES,
          ADDRESS_BITS,
          MAX_PASIDS,
          Set.of(
              Capability.PASID,
              Capability.ENDING_TABLES,
              Capability.LARGE_PAGES,
              Capability.WRITE_ONLY_PAGES,
              Capability.ZERO_LENGTH_READS,
              Capability.HITLESS_REPLACE,
              Capability.IDENTITY,
              Capability.SOFTWARE_MSI,
              Capability.FAULT_RECORDS,
              Capability.FAULT_OVERFLOW),
          Set.of(
              Capability.STIMULUS_PASID,
              Capability.STIMULUS_ATOMIC,
              Capability.STIMULUS_ZERO_LENGTH_READ,
              Capability.TWO_DEVICES,
              Capability.TWO_UNITS,
              Capability.SHARED_GROUP,
              Capability.PCI_FUNCTIONS,
              Capability.RESERVED_REGIONS,
              Capability.DEVICE_TRAITS,
              Capability.FAILING_ATTACH));

  private final Topology topology;
  private final IdealTraits traits;
  private final Memory memory;
  private final Checks<MapCall> mapChecks;
  private final Map<Rid, IdealDevice> devices = new HashMap<>();
  private final Map<Rid, Errno> failures = new HashMap<>();
  private final Map<DomainId, IdealDomain> domains = new HashMap<>();
  private final FaultRecorder faults = new FaultRecorder();

  /** No device is served and no domain exists. */
  public IdealBackend(Topology topology, Memory memory) {
    this(topology, memory, IdealChecks.MAP);
  }

  /** The same with other checks of a map. */
  public IdealBackend(Topology topology, Memory memory, Checks<MapCall> mapChecks) {
    this.topology = topology;
    this.traits = new IdealTraits(topology, domains);
    this.memory = memory;
    this.mapChecks = mapChecks;
  }

  @Override
  public HwInfo hwInfo() {
    return HW_INFO;
  }

  @Override
  public Result<Done> probe(Rid device) {
    if (topology.devices().stream().noneMatch(each -> each.rid().equals(device))) {
      return Result.err(Errno.ENODEV);
    }
    IdealDevice probed = new IdealDevice();
    if (devices.putIfAbsent(device, probed) != null) {
      return Result.err(Errno.EBUSY);
    }
    if (traits.isAttachDeferred(device)) {
      probed.attach(new IdealDomain(DomainType.IDENTITY)); // what the kernel before had left
    }
    return Result.done();
  }

  @Override
  public Result<Done> release(Rid device) {
    IdealDevice released = devices.remove(device);
    if (released == null) {
      return Result.err(Errno.ENODEV);
    }
    released.detachAll();
    return Result.done();
  }

  @Override
  public List<ReservedRegion> reservedRegions(Rid device) {
    return topology.traitsOf(device).regions().stream()
        .sorted((one, other) -> Long.compareUnsigned(one.start().bytes(), other.start().bytes()))
        .toList();
  }

  /** {@inheritDoc} What the topology says of single devices. */
  @Override
  public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
    return type.isInstance(traits) && (type != NestedDomains.class || traits.hasNested())
        ? Optional.of(type.cast(traits))
        : IommuBackend.super.extension(type);
  }

  @Override
  @Clause({"DOM-003", "DOM-007"})
  public Result<Done> allocateDomain(DomainId domain, DomainType type) {
    return domains.putIfAbsent(domain, new IdealDomain(type)) == null
        ? Result.done()
        : Result.err(Errno.EEXIST);
  }

  /** {@inheritDoc} Of the flags it has those of parents and PASIDs; it has no data of the user. */
  @Override
  public Result<Done> allocatePaging(
      DomainId domain, Rid device, int flags, @Nullable UserData data) {
    int known = traits.hasNested() ? NEST_PARENT | ALLOC_PASID : ALLOC_PASID;
    if ((flags & ~known) != 0 || data != null) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    IdealDomain made = new IdealDomain(DomainType.PAGING);
    made.servedBy(traits.driverOf(device));
    return domains.putIfAbsent(domain, made) == null ? Result.done() : Result.err(Errno.EEXIST);
  }

  @Override
  public DomainGeometry geometry(DomainId domain) {
    return new DomainGeometry(PAGE_SIZES, 0, (1L << ADDRESS_BITS) - 1, false);
  }

  @Override
  @Clause("DOM-004")
  public Result<Done> freeDomain(DomainId domain) {
    IdealDomain freed = domains.get(domain);
    if (freed == null) {
      return Result.err(Errno.EINVAL);
    }
    if (freed.isAttached()) {
      return Result.err(Errno.EBUSY); // DOM-004
    }
    domains.remove(domain);
    freed.freed();
    return Result.done();
  }

  @Override
  @Clause({"ATT-001", "ATT-002", "ATT-004", "ATT-005", "ATT-007", "PASID-013"})
  public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
    IdealDevice attached = devices.get(device);
    if (attached == null) {
      return Result.err(Errno.ENODEV);
    }
    IdealDomain next = domains.get(domain);
    if (next == null) {
      return Result.err(Errno.EINVAL);
    }
    Errno failure = failures.remove(device);
    if (failure != null) {
      return Result.err(failure); // ATT-004
    }
    if (!traits.fits(device, next)) {
      return Result.err(Errno.EINVAL);
    }
    attached.attach(next);
    return Result.done();
  }

  @Override
  @Clause({"PASID-001", "PASID-005", "PASID-012", "PASID-014"})
  public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
    IdealDevice attached = devices.get(device);
    if (attached == null) {
      return Result.err(Errno.ENODEV);
    }
    IdealDomain next = domains.get(domain);
    if (next == null) {
      return Result.err(Errno.EINVAL);
    }
    Errno failure = failures.remove(device);
    if (failure != null) {
      return Result.err(failure); // PASID-012
    }
    if (!traits.fits(device, next)) {
      return Result.err(Errno.EINVAL);
    }
    attached.setPasid(pasid, next);
    return Result.done();
  }

  @Override
  @Clause({"PASID-004", "PASID-015"})
  public void removePasid(Rid device, Pasid pasid, DomainId old) {
    IdealDevice attached = devices.get(device);
    if (attached != null) {
      attached.removePasid(pasid);
    }
  }

  @Override
  public void failNextAttach(Rid device, Errno errno) {
    failures.put(device, errno);
  }

  @Override
  @Clause({"MAP-001", "MAP-006", "MAP-015", "MAP-016", "MAP-024", "DOM-006"})
  public Result<Long> map(
      DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
    IdealDomain target = domains.get(domain);
    DomainType type = target == null ? null : target.type();
    Errno refusal =
        mapChecks.refusal(new MapCall(type, iova.bytes(), paddr.bytes(), pageSize, count, prot));
    if (refusal != null) {
      return Result.err(refusal);
    }
    long mapped =
        Objects.requireNonNull(target).map(iova.bytes(), paddr.bytes(), pageSize, count, prot);
    if (mapped < pageSize * count) {
      return Result.err(Errno.EADDRINUSE, mapped); // MAP-006
    }
    return Result.ok(mapped);
  }

  @Override
  public Result<Done> syncMap(DomainId domain, Iova iova, long size) {
    return Result.done();
  }

  @Override
  @Clause({"MAP-010", "MAP-011", "MAP-012", "MAP-019", "MAP-023"})
  public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
    IdealDomain target = domains.get(domain);
    if (target == null) {
      return 0;
    }
    long removed = 0;
    while (Long.compareUnsigned(removed, pageSize * count) < 0) {
      long leaf = target.remove(iova.bytes() + removed);
      if (leaf == 0) {
        break; // a hole, or the inside of a larger page: MAP-010, MAP-011
      }
      gather.addPageSize(leaf);
      removed += leaf;
    }
    gather.addRange(iova, removed);
    return removed;
  }

  @Override
  public void sync(DomainId domain, Gather gather) {
    gather.reset();
  }

  @Override
  public void flushAll(DomainId domain) {
    // nothing is cached
  }

  @Override
  @Clause("DOM-005")
  public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    IdealDomain target = domains.get(domain);
    if (target == null || target.type() == DomainType.BLOCKED) {
      return new PhysAddr(0);
    }
    if (target.type() == DomainType.IDENTITY) {
      return new PhysAddr(iova.bytes());
    }
    Leaf leaf = target.leafAt(iova.bytes());
    return new PhysAddr(leaf == null ? 0 : leaf.translate(iova.bytes()));
  }

  @Override
  @Clause({
    "DOM-001",
    "DOM-002",
    "DOM-009",
    "MAP-002",
    "MAP-003",
    "MAP-005",
    "MAP-018",
    "MAP-030",
    "PASID-002",
    "PASID-003",
    "PASID-018",
    "FREC-001",
    "FREC-005",
    "FREC-013"
  })
  public AccessOutcome access(DeviceAccess access) {
    IdealDevice device = devices.get(access.rid());
    IdealDomain domain = device == null ? null : device.domainOf(access.pasid());
    if (domain == null || domain.type() == DomainType.BLOCKED) {
      return refuse(access);
    }
    if (domain.hasEnded()) {
      return AccessOutcome.blocked(); // FREC-013
    }
    long address = access.iova().bytes();
    if (domain.type() == DomainType.IDENTITY) {
      return perform(access, address);
    }
    Leaf leaf = domain.leafAt(address);
    if (leaf == null || !leaf.permits(access.kind())) {
      return refuse(access);
    }
    return perform(access, leaf.translate(address));
  }

  @Override
  @Clause({"FREC-008", "FREC-009", "FREC-010"})
  public FaultLog takeFaults() {
    return faults.take();
  }

  @Override
  public Memory memory() {
    return memory;
  }

  private AccessOutcome refuse(DeviceAccess access) {
    faults.record(access);
    return AccessOutcome.blocked();
  }

  private AccessOutcome perform(DeviceAccess access, long address) {
    if (!memory.contains(address)) {
      return AccessOutcome
          .blocked(); // translated, and refused by the memory behind: no fault of translation
    }
    return switch (access.kind()) {
      case READ, EXECUTE -> AccessOutcome.completed(memory.readLong(address));
      case ZERO_LENGTH_READ -> AccessOutcome.completed(0);
      case WRITE -> {
        memory.writeLong(address, access.value());
        yield AccessOutcome.completed(0);
      }
      case ATOMIC -> {
        long before = memory.readLong(address);
        memory.writeLong(address, before + access.value());
        yield AccessOutcome.completed(before);
      }
    };
  }
}
