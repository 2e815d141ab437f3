package org.iommuref.model.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.iommuref.model.TestEnvironment;
import org.iommuref.model.ideal.IdealBackend;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;

/**
 * A core over ideal whose driver calls are written down, with two domains that map one page each.
 */
final class CoreBed {

  static final long PAGE = 0x1000;
  static final Iova IOVA = new Iova(0x40_0000);
  static final DomainId D1 = new DomainId(1);
  static final DomainId D2 = new DomainId(2);
  static final DomainId UNKNOWN = new DomainId(9);
  static final GroupId G0 = new GroupId(0);
  static final Pasid P5 = new Pasid(5);
  static final Rid NOBODY = Rid.parse("1f:1f.7");

  final List<String> calls = new ArrayList<>();
  final RecordingBackend driver;
  final Core core;

  CoreBed(Topology topology) {
    this(topology, CoreParts.LINUX);
  }

  CoreBed(Topology topology, CoreParts parts) {
    this(TestEnvironment.of(topology), parts, driver -> {});
  }

  CoreBed(Environment environment, CoreParts parts, Consumer<RecordingBackend> before) {
    driver =
        new RecordingBackend(new IdealBackend(environment.topology(), environment.memory()), calls);
    before.accept(driver);
    core = new Core(environment, driver, parts);
    calls.clear();
  }

  /** Domain n maps IOVA to the page n. */
  CoreBed withDomains() {
    for (DomainId domain : List.of(D1, D2)) {
      core.allocateDomain(domain, DomainType.PAGING);
      core.map(domain, IOVA, page(domain), PAGE, Prot.READ_WRITE);
      driver.memory().writeLong(page(domain).bytes(), domain.value());
    }
    calls.clear();
    return this;
  }

  static PhysAddr page(DomainId domain) {
    return new PhysAddr(0x1_0000_0000L + domain.value() * PAGE);
  }

  /** The number of the domain through which a device reads, or 0 if it is blocked. */
  long domainSeenBy(Rid device) {
    return seen(DeviceAccess.read(device, IOVA));
  }

  /** The same under a PASID. */
  long domainSeenBy(Rid device, Pasid pasid) {
    return seen(DeviceAccess.read(device, IOVA).with(pasid));
  }

  private long seen(DeviceAccess access) {
    return driver.access(access) instanceof AccessOutcome.Completed completed
        ? completed.data()
        : 0;
  }
}
