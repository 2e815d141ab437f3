package org.iommuref.hw.vtd.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.iommuref.hw.radix.MapChecks;
import org.iommuref.hw.radix.RadixTable;
import org.iommuref.hw.radix.TableFormat;
import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AttachFailure;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.HeldAccesses;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.IommuUnit;
import org.jspecify.annotations.Nullable;

/**
 * Seam 2 over VT-d units in legacy mode: what Linux's intel-iommu driver does, without PASIDs.
 *
 * <p>A paging domain is a second-stage table of 3 or 4 levels and one domain id for each unit on
 * which it is attached; a blocked device has no present context entry, an identity domain is
 * pass-through. A call that names a domain or a device that does not exist fails with EINVAL or
 * ENODEV. Clause areas DOM, ATT, MAP, INV, FREC.
 */
public final class VtdBackend implements IommuBackend, HeldAccesses, AttachFailure {

  private static final ReservedRegion INTERRUPT_RANGE =
      new ReservedRegion(new Iova(0xfee0_0000L), 0x10_0000L, ReservedRegion.Type.MSI);

  private final Memory memory;
  private final Steps steps;
  private final Footprint footprint;
  private final TableMemory tables;
  private final List<UnitDriver> units;
  private final Topology topology;
  private final UnitAbilities abilities;
  private final TableFormat format;
  private final MapChecks mapChecks;
  private final AttachOrder attachOrder;
  private final DeviceRequests requests;
  private final Map<Rid, UnitDriver> present = new HashMap<>();
  private final Map<Rid, ServedDevice> devices = new HashMap<>();
  private final Map<DomainId, VtdDomain> domains = new HashMap<>();

  private VtdBackend(Environment environment, List<IommuUnit> hardware, DriverParts parts) {
    topology = environment.topology();
    memory = environment.memory();
    steps = environment.steps();
    footprint = environment.footprint();
    tables = new TableMemory(memory, environment.tables(), steps, parts.entryLink());
    attachOrder = parts.attachOrder();
    units = new ArrayList<>();
    for (IommuUnit unit : hardware) {
      units.add(new UnitDriver(units.size(), unit, environment, parts));
    }
    abilities = units.stream().map(UnitDriver::abilities).reduce(UnitAbilities::and).orElseThrow();
    format =
        parts.secondStage(ContextEntry.levels(abilities.addressWidth()), abilities.pageSizes());
    mapChecks = parts.mapChecks();
    requests = new DeviceRequests(hardware, steps);
    for (Topology.Device device : topology.devices()) {
      present.put(device.rid(), units.get(device.unit()));
    }
  }

  /**
   * Makes units in the state after power-on translate; every device is blocked.
   *
   * @param hardware the units that the topology's devices are behind, at least one; they move by
   *     themselves while software waits
   * @throws IllegalStateException if a unit lacks what the driver needs, or no page is left for its
   *     tables
   */
  public static VtdBackend start(
      Environment environment, List<IommuUnit> hardware, DriverParts parts) {
    hardware.forEach(environment.steps()::connect);
    VtdBackend backend = new VtdBackend(environment, hardware, parts);
    backend.units.forEach(UnitDriver::start);
    return backend;
  }

  /** What a driver over units with these values of CAP and ECAP claims. */
  public static HwInfo claims(long cap, long ecap) {
    return VtdClaims.of(UnitAbilities.of(cap, ecap));
  }

  @Override
  public HwInfo hwInfo() {
    return VtdClaims.of(abilities);
  }

  @Override
  public Result<Done> probe(Rid device) {
    UnitDriver unit = present.get(device);
    if (unit == null) {
      return Result.err(Errno.ENODEV);
    }
    ServedDevice served = new ServedDevice(device, unit, abilities.addressWidth(), attachOrder);
    return devices.putIfAbsent(device, served) == null ? Result.done() : Result.err(Errno.EBUSY);
  }

  @Override
  public Result<Done> release(Rid device) {
    ServedDevice released = devices.remove(device);
    if (released == null) {
      return Result.err(Errno.ENODEV);
    }
    released.release();
    return Result.done();
  }

  @Override
  public List<ReservedRegion> reservedRegions(Rid device) {
    return Stream.concat(topology.traitsOf(device).regions().stream(), Stream.of(INTERRUPT_RANGE))
        .sorted((one, other) -> Long.compareUnsigned(one.start().bytes(), other.start().bytes()))
        .toList();
  }

  @Override
  public Result<Done> allocateDomain(DomainId domain, DomainType type) {
    if (domains.containsKey(domain)) {
      return Result.err(Errno.EEXIST);
    }
    if (type == DomainType.IDENTITY && !abilities.passThrough()) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    RadixTable table = null;
    if (type == DomainType.PAGING) {
      Result<RadixTable> allocated = RadixTable.allocate(format, mapChecks, tables);
      if (allocated.errno() != null) {
        return Result.err(allocated.errno());
      }
      table = allocated.value();
    }
    CacheTags tags = new CacheTags(domain, steps, footprint);
    domains.put(domain, new VtdDomain(domain, type, table, tags));
    return Result.done();
  }

  @Override
  @Clause("DOM-004")
  public Result<Done> freeDomain(DomainId domain) {
    VtdDomain freed = domains.get(domain);
    if (freed == null) {
      return Result.err(Errno.EINVAL);
    }
    if (freed.isAttached()) {
      return Result.err(Errno.EBUSY);
    }
    domains.remove(domain);
    if (freed.table() != null) {
      freed.table().free();
    }
    return Result.done();
  }

  @Override
  public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
    ServedDevice attached = devices.get(device);
    if (attached == null) {
      return Result.err(Errno.ENODEV);
    }
    VtdDomain next = domains.get(domain);
    return next == null ? Result.err(Errno.EINVAL) : attached.attach(next);
  }

  @Override
  public void failNextAttach(Rid device, Errno errno) {
    ServedDevice failing = devices.get(device);
    if (failing != null) {
      failing.failNextAttach(errno);
    }
  }

  @Override
  @Clause("MAP-017")
  public Result<Long> map(
      DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
    RadixTable table = tableOf(domain);
    if (table == null) {
      return Result.err(Errno.EINVAL);
    }
    Gather replaced = new Gather();
    Result<Long> mapped = table.map(iova.bytes(), paddr.bytes(), pageSize, count, prot, replaced);
    if (replaced.unlinkedTables()) {
      sync(domain, replaced);
    }
    return mapped;
  }

  /** Tells the units in caching mode of the range; all others look up what they have not cached. */
  @Override
  @Clause("MAP-014")
  public Result<Done> syncMap(DomainId domain, Iova iova, long size) {
    VtdDomain mapped = domains.get(domain);
    if (mapped == null) {
      return Result.err(Errno.EINVAL);
    }
    if (abilities.cachingMode() && size > 0) {
      invalidate(mapped, iova.bytes(), iova.bytes() + size - 1, false);
    }
    return Result.done();
  }

  @Override
  public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
    RadixTable table = tableOf(domain);
    if (table == null || count <= 0 || Math.multiplyHigh(pageSize, count) != 0) {
      return 0;
    }
    return table.unmap(iova.bytes(), pageSize * count, gather);
  }

  @Override
  @Clause({"INV-001", "INV-002", "INV-007"})
  public void sync(DomainId domain, Gather gather) {
    VtdDomain synced = domains.get(domain);
    if (synced != null && !gather.isEmpty()) {
      invalidate(synced, gather.start(), gather.end(), !gather.unlinkedTables());
    }
    gather.freelist().forEach(tables::free);
    gather.reset();
  }

  @Override
  @Clause({"INV-004", "INV-006"})
  public void flushAll(DomainId domain) {
    VtdDomain flushed = domains.get(domain);
    if (flushed != null) {
      for (CacheTag tag : flushed.tags().now()) {
        units.get(tag.unit()).queue().invalidateDomain(tag.domainId());
      }
    }
  }

  @Override
  @Clause("DOM-005")
  public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    VtdDomain asked = domains.get(domain);
    if (asked == null || asked.type() == DomainType.BLOCKED) {
      return new PhysAddr(0);
    }
    return new PhysAddr(
        asked.table() == null ? iova.bytes() : asked.table().translate(iova.bytes()));
  }

  @Override
  public AccessOutcome access(DeviceAccess access) {
    return requests.access(unitOf(access.rid()), access);
  }

  @Override
  public void issue(int token, DeviceAccess access) {
    requests.issue(token, unitOf(access.rid()), access);
  }

  @Override
  public AccessOutcome finish(int token) {
    return requests.finish(token);
  }

  @Override
  public FaultLog takeFaults() {
    List<FaultRecord> records = new ArrayList<>();
    boolean overflow = false;
    for (UnitDriver unit : units) {
      FaultLog log = unit.faults().take();
      records.addAll(log.records());
      overflow |= log.overflow();
    }
    return new FaultLog(records, overflow);
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
    if (type == HeldAccesses.class && !abilities.drains()) {
      return Optional.empty();
    }
    return IommuBackend.super.extension(type);
  }

  /** Returns when nothing of the range is cached under any tag of the domain. INV-004, INV-005. */
  @Clause({"INV-004", "INV-015"})
  private void invalidate(VtdDomain domain, long first, long last, boolean leafOnly) {
    for (CacheTag tag : domain.tags().now()) {
      units.get(tag.unit()).queue().invalidatePages(tag.domainId(), first, last, leafOnly);
    }
  }

  private @Nullable RadixTable tableOf(DomainId domain) {
    VtdDomain found = domains.get(domain);
    return found == null ? null : found.table();
  }

  /** The unit that a requester is behind; one that nobody knows of is behind the first. */
  private int unitOf(Rid requester) {
    UnitDriver unit = present.get(requester);
    return unit == null ? 0 : unit.index();
  }
}
