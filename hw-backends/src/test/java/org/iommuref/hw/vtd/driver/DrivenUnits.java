package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.hw.vtd.VtdTarget;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.jspecify.annotations.Nullable;

/** A driver over real units, with short words for what tests do; every page holds its own tag. */
final class DrivenUnits {

  static final Rid FIRST = Topology.FIRST;
  static final Rid SECOND = Topology.SECOND;
  static final long PAGE = 1L << 12;
  static final long MIDDLE = 1L << 21;
  static final long LARGE = 1L << 30;

  private static final long TABLES = 0x10_0000L;
  private static final int TABLE_PAGES = 2000;

  final DirectSteps steps;
  final Memory memory = SystemMemory.ofSize(1L << 40);
  final PagePool pool = new PagePool(memory, TABLES, TABLE_PAGES);
  final VtdBackend backend;
  private final Topology topology;

  DrivenUnits(Topology topology, VtdConfiguration configuration, DirectSteps steps) {
    this.steps = steps;
    this.topology = topology;
    var target =
        new VtdTarget("test", "test", VtdParts.standard().with(configuration), new DriverParts());
    this.backend =
        (VtdBackend)
            target.open(
                new Environment(
                    topology, memory, pool, steps, Footprint.NONE, CachePolicy.ADVERSARIAL));
  }

  static DrivenUnits standard() {
    return new DrivenUnits(Topology.twoDevices(), VtdConfiguration.standard(), DirectSteps.plain());
  }

  static DrivenUnits of(VtdConfiguration configuration) {
    return new DrivenUnits(Topology.twoDevices(), configuration, DirectSteps.plain());
  }

  static DrivenUnits twoUnits() {
    return new DrivenUnits(Topology.twoUnits(), VtdConfiguration.standard(), DirectSteps.plain());
  }

  /** The same, with every device probed. */
  DrivenUnits probed() {
    topology.devices().forEach(device -> backend.probe(device.rid()).value());
    return this;
  }

  DomainId paging(int number) {
    return domain(number, DomainType.PAGING);
  }

  DomainId domain(int number, DomainType type) {
    DomainId id = new DomainId(number);
    backend.allocateDomain(id, type).value();
    return id;
  }

  void attach(Rid device, DomainId domain, @Nullable DomainId old) {
    backend.attach(device, domain, old).value();
  }

  /** Physical page {@code number}, which holds {@code tag(number)} in every 8 bytes read here. */
  static long page(int number) {
    return LARGE + number * PAGE;
  }

  Result<Long> map(DomainId domain, long iova, long paddr, long pageSize, long count) {
    return map(domain, iova, paddr, pageSize, count, Prot.READ_WRITE);
  }

  Result<Long> map(DomainId domain, long iova, long paddr, long pageSize, long count, Prot prot) {
    Result<Long> mapped =
        backend.map(domain, new Iova(iova), new PhysAddr(paddr), pageSize, count, prot);
    backend.syncMap(domain, new Iova(iova), pageSize * count);
    return mapped;
  }

  long unmap(DomainId domain, long iova, long pageSize, long count, Gather gather) {
    return backend.unmap(domain, new Iova(iova), pageSize, count, gather);
  }

  /** Unmaps and syncs. */
  long unmapNow(DomainId domain, long iova, long pageSize, long count) {
    Gather gather = new Gather();
    long removed = unmap(domain, iova, pageSize, count, gather);
    backend.sync(domain, gather);
    return removed;
  }

  /** Stores a tag at a physical address. */
  void tag(long paddr, long tag) {
    memory.writeLong(paddr, tag);
  }

  AccessOutcome read(Rid device, long iova) {
    return backend.access(DeviceAccess.read(device, new Iova(iova)));
  }

  AccessOutcome write(Rid device, long iova, long value) {
    return backend.access(DeviceAccess.write(device, new Iova(iova), value));
  }
}
