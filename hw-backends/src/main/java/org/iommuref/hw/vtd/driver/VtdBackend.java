package org.iommuref.hw.vtd.driver;

import static org.iommuref.hw.radix.TableMemory.NO_PAGE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.iommuref.hw.device.Endpoints;
import org.iommuref.hw.radix.RadixTable;
import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.Register;
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
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.IommuUnit;
import org.iommuref.spec.unit.MessagingUnit;
import org.jspecify.annotations.Nullable;

/**
 * Seam 2 over VT-d units: what Linux's intel-iommu driver does.
 *
 * <p>Units that all have scalable mode are run in it. There a paging domain is a first-stage table
 * where the units have a first stage, else, as in legacy mode, a second-stage table of 3 or 4
 * levels; it has one domain id for each unit on which it is attached. A blocked device has no
 * present context or PASID entry, an identity domain is pass-through. A call that names a domain or
 * a device that does not exist fails with EINVAL or ENODEV. Clause areas DOM, ATT, MAP, INV, FREC.
 */
public final class VtdBackend implements IommuBackend, HeldAccesses, AttachFailure {

  private static final ReservedRegion INTERRUPT_RANGE =
      new ReservedRegion(new Iova(0xfee0_0000L), 0x10_0000L, ReservedRegion.Type.MSI);

  private final Memory memory;
  private final TableMemory tables;
  private final List<UnitDriver> units;
  private final Topology topology;
  private final UnitAbilities abilities;
  private final PasidEntries entries;
  private final DriverParts parts;
  private final AttachOrder attachOrder;
  private final Endpoints endpoints;
  private final Map<Rid, ServedDevice> devices = new HashMap<>();
  private final DevicePageRequests pageRequests = new DevicePageRequests(devices);
  private final DeviceRequests requests;
  private final Steps steps;
  private final Map<Rid, UnitDriver> present = new HashMap<>();
  private final VtdDomains domains;
  private final DomainCaches caches;
  private final List<BackendExtension> subjects;

  private VtdBackend(Environment environment, List<IommuUnit> hardware, DriverParts parts) {
    topology = environment.topology();
    steps = environment.steps();
    memory = environment.memory();
    tables = new TableMemory(memory, environment.tables(), steps, parts.entryLink());
    this.parts = parts;
    attachOrder = parts.attachOrder();
    boolean scalable = hardware.stream().allMatch(VtdBackend::hasScalableMode);
    units = new ArrayList<>();
    for (IommuUnit unit : hardware) {
      units.add(new UnitDriver(units.size(), unit, scalable, environment, parts, this::endpoints));
    }
    abilities = units.stream().map(UnitDriver::abilities).reduce(UnitAbilities::and).orElseThrow();
    entries =
        new PasidEntries(
            abilities,
            units.stream().allMatch(UnitDriver::firstStageHasWidth),
            parts.snoopsPages());
    domains = new VtdDomains(abilities, parts, tables, steps, environment.footprint());
    caches = new DomainCaches(units, abilities.cachingMode(), parts);
    endpoints = new Endpoints(messaging(hardware), steps, environment.footprint());
    requests = new DeviceRequests(hardware, endpoints, steps);
    subjects = subjects(messaging(hardware));
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
    if (backend.hasAts()) {
      environment.steps().connect(backend.endpoints);
    }
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
    if (devices.containsKey(device)) {
      return Result.err(Errno.EBUSY);
    }
    if (!abilities.scalable().usable()) {
      var legacy = new LegacyDevice(device, unit, abilities.addressWidth(), attachOrder);
      devices.put(device, legacy);
      return Result.done();
    }
    return probeScalable(device, unit);
  }

  private Result<Done> probeScalable(Rid device, UnitDriver unit) {
    long directory = unit.scalableContexts().provide(device) ? tables.allocate() : NO_PAGE;
    if (directory == NO_PAGE) {
      return Result.err(Errno.ENOMEM);
    }
    PasidTables pasids = parts.pasidTables(unit.parts(), device, directory);
    endpoints.plug(device, unit.index());
    var ats = new DeviceAts(device, hasAts(), hasPri(), endpoints, attachOrder, steps);
    var served = new ScalableDevice(device, unit, pasids, entries, attachOrder, ats, pageRequests);
    served.start();
    devices.put(device, served);
    return Result.done();
  }

  @Override
  public Result<Done> release(Rid device) {
    ServedDevice released = devices.get(device);
    if (released == null) {
      return Result.err(Errno.ENODEV);
    }
    released.release(); // while it is known, so that its page requests are handed on
    devices.remove(device);
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
    return domains.allocate(domain, type);
  }

  @Override
  public Result<Done> freeDomain(DomainId domain) {
    return domains.free(domain);
  }

  @Override
  public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
    ServedDevice attached = devices.get(device);
    if (attached == null) {
      return Result.err(Errno.ENODEV);
    }
    VtdDomain next = domains.find(domain);
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
    VtdDomain mapped = domains.find(domain);
    if (mapped == null) {
      return Result.err(Errno.EINVAL);
    }
    if (size > 0) {
      caches.tellNew(mapped, iova.bytes(), iova.bytes() + size - 1);
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
    VtdDomain synced = domains.find(domain);
    if (synced != null && !gather.isEmpty()) {
      caches.flush(synced, gather.start(), gather.end(), !gather.unlinkedTables());
    }
    gather.freelist().forEach(tables::free);
    gather.reset();
  }

  @Override
  public void flushAll(DomainId domain) {
    VtdDomain flushed = domains.find(domain);
    if (flushed != null) {
      caches.flushAll(flushed);
    }
  }

  @Override
  @Clause("DOM-005")
  public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    VtdDomain asked = domains.find(domain);
    if (asked == null || asked.kind() == DomainKind.BLOCKED) {
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
    for (BackendExtension subject : subjects) {
      if (type.isInstance(subject)) {
        return Optional.of(type.cast(subject));
      }
    }
    return IommuBackend.super.extension(type);
  }

  /** What the driver has beyond domains and devices; most of it in scalable mode alone. */
  private List<BackendExtension> subjects(List<MessagingUnit> hardware) {
    List<BackendExtension> all = new ArrayList<>();
    all.add(new DeviceFacts(abilities, hasAts()));
    if (abilities.scalable().usable()) {
      all.add(new DamagedQueues(device -> units.get(unitOf(device))));
      all.add(new DriverDomains(abilities, domains));
    }
    if (abilities.nests()) {
      UnitRegisters first = units.get(0).registers();
      all.add(new UnitFacts(first.cap(), first.ecap()));
      all.add(new UserTables(domains, caches));
    }
    if (abilities.hasPasids()) {
      all.add(new DevicePasids(devices, domains, abilities.pasids()));
      all.add(new EndingDomains(domains));
    }
    if (hasAts()) {
      all.add(new DeviceStimulus(hardware, units, endpoints, pageRequests, requests, steps));
    }
    if (hasPri()) {
      all.add(pageRequests);
    }
    if (abilities.enforcesCoherency()) {
      all.add(new CoherentDomains(domains, parts.snoopsLeaves()));
    }
    if (abilities.tracksDirty()) {
      all.add(new DirtyPages(domains, parts.dirtyQuery()));
    }
    return all;
  }

  private boolean hasAts() {
    return endpoints.exist();
  }

  /** The devices before the units, of which a test can pull one out. */
  Endpoints endpoints() {
    return endpoints;
  }

  private boolean hasPri() {
    return hasAts() && abilities.scalable().pageRequests();
  }

  /** The units before which devices can use ATS: all of them, or none. */
  private List<MessagingUnit> messaging(List<IommuUnit> hardware) {
    boolean all =
        abilities.scalable().usable()
            && abilities.scalable().deviceTlbs()
            && hardware.stream().allMatch(MessagingUnit.class::isInstance);
    return all ? hardware.stream().map(MessagingUnit.class::cast).toList() : List.of();
  }

  private static boolean hasScalableMode(IommuUnit unit) {
    Register ecap = Register.ECAP;
    return ExtendedCapability.SMTS.isSet(unit.readRegister(ecap.offset(), ecap.width()));
  }

  private @Nullable RadixTable tableOf(DomainId domain) {
    VtdDomain found = domains.find(domain);
    return found == null ? null : found.table();
  }

  /** The unit that a requester is behind; one that nobody knows of is behind the first. */
  private int unitOf(Rid requester) {
    UnitDriver unit = present.get(requester);
    return unit == null ? 0 : unit.index();
  }
}
