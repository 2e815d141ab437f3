package org.iommuref.model.ideal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.spec.spi.Topology.FIRST;
import static org.iommuref.spec.spi.Topology.SECOND;

import org.iommuref.model.TestEnvironment;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdealBackendTest {

  private static final long PAGE = 0x1000;
  private static final long LARGE = 0x20_0000;
  private static final Iova IOVA = new Iova(0x40_0000);
  private static final PhysAddr PADDR = new PhysAddr(0x1_0000_0000L);
  private static final DomainId D1 = new DomainId(1);
  private static final DomainId D2 = new DomainId(2);
  private static final Pasid P5 = new Pasid(5);

  private final Environment environment = TestEnvironment.of(Topology.twoDevices());
  private final IdealBackend ideal = new IdealBackend(environment.topology(), environment.memory());

  @BeforeEach
  void probeAndAllocate() {
    assertThat(ideal.probe(FIRST).isOk()).isTrue();
    assertThat(ideal.probe(SECOND).isOk()).isTrue();
    ideal.allocateDomain(D1, DomainType.PAGING);
    ideal.allocateDomain(D2, DomainType.PAGING);
    for (long at = 0; at < 4 * PAGE; at += 8) {
      environment.memory().writeLong(PADDR.bytes() + at, PADDR.bytes() + at);
    }
  }

  private Result<Long> map(Iova iova, PhysAddr paddr, long pageSize, long count) {
    return ideal.map(D1, iova, paddr, pageSize, count, Prot.READ_WRITE);
  }

  private AccessOutcome read(Rid device, Iova iova) {
    return ideal.access(DeviceAccess.read(device, iova));
  }

  private AccessOutcome access(AccessKind kind, long value) {
    return ideal.access(new DeviceAccess(FIRST, null, IOVA, kind, value));
  }

  @Test
  void read_mappedPage_givesThePageAtTheSameOffset() {
    ideal.attach(FIRST, D1, null);
    map(IOVA, PADDR, PAGE, 2);
    assertThat(read(FIRST, IOVA.plus(0x1008)))
        .isEqualTo(AccessOutcome.completed(PADDR.bytes() + 0x1008));
    assertThat(read(FIRST, IOVA.plus(2 * PAGE))).isEqualTo(AccessOutcome.blocked());
    assertThat(read(FIRST, new Iova(IOVA.bytes() - 8))).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void access_deviceNotAttachedOrNotProbed_isBlocked() {
    assertThat(read(FIRST, IOVA)).isEqualTo(AccessOutcome.blocked());
    assertThat(read(Rid.parse("05:00.0"), IOVA)).isEqualTo(AccessOutcome.blocked());
    ideal.attach(FIRST, D1, null);
    map(IOVA, PADDR, PAGE, 1);
    ideal.release(FIRST);
    assertThat(read(FIRST, IOVA)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void probe_deviceBehindNoUnit_isEnodev() {
    assertThat(ideal.probe(Rid.parse("05:00.0")).errno()).isEqualTo(Errno.ENODEV);
  }

  @Test
  void access_rights_decidePerKind() {
    ideal.attach(FIRST, D1, null);
    ideal.map(D1, IOVA, PADDR, PAGE, 1, Prot.WRITE);
    assertThat(access(AccessKind.READ, 0)).isEqualTo(AccessOutcome.blocked());
    assertThat(access(AccessKind.ZERO_LENGTH_READ, 0))
        .as("MAP-030")
        .isEqualTo(AccessOutcome.completed(0));
    assertThat(access(AccessKind.ATOMIC, 1)).isEqualTo(AccessOutcome.blocked());
    assertThat(access(AccessKind.WRITE, 7)).isEqualTo(AccessOutcome.completed(0));
    assertThat(environment.memory().readLong(PADDR.bytes())).isEqualTo(7);
    ideal.unmap(D1, IOVA, PAGE, 1, new Gather());
    ideal.map(D1, IOVA, PADDR, PAGE, 1, Prot.READ);
    assertThat(access(AccessKind.READ, 0)).isEqualTo(AccessOutcome.completed(7));
    assertThat(access(AccessKind.ZERO_LENGTH_READ, 0)).isEqualTo(AccessOutcome.completed(0));
    assertThat(access(AccessKind.WRITE, 8)).isEqualTo(AccessOutcome.blocked());
    assertThat(access(AccessKind.ATOMIC, 8)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void atomic_bothRights_addsAndGivesTheValueBefore() {
    ideal.attach(FIRST, D1, null);
    map(IOVA, PADDR, PAGE, 1);
    assertThat(access(AccessKind.ATOMIC, 5)).isEqualTo(AccessOutcome.completed(PADDR.bytes()));
    assertThat(environment.memory().readLong(PADDR.bytes())).isEqualTo(PADDR.bytes() + 5);
  }

  @Test
  void access_translatedOutsideMemory_isBlockedWithoutRecord() {
    ideal.attach(FIRST, D1, null);
    map(IOVA, new PhysAddr(1L << 50), PAGE, 1);
    assertThat(read(FIRST, IOVA)).isEqualTo(AccessOutcome.blocked());
    assertThat(ideal.takeFaults().records()).isEmpty();
  }

  @Test
  void map_occupiedPage_isEaddrinuseWithTheBytesBefore() {
    map(IOVA.plus(2 * PAGE), PADDR, PAGE, 1);
    assertThat(map(IOVA, PADDR.plus(8 * PAGE), PAGE, 4))
        .isEqualTo(Result.err(Errno.EADDRINUSE, 2 * PAGE));
    assertThat(ideal.iovaToPhys(D1, IOVA.plus(2 * PAGE))).isEqualTo(PADDR);
    assertThat(ideal.iovaToPhys(D1, IOVA.plus(PAGE))).isEqualTo(PADDR.plus(9 * PAGE));
    assertThat(map(new Iova(IOVA.bytes() & -LARGE), new PhysAddr(0), LARGE, 1))
        .isEqualTo(Result.err(Errno.EADDRINUSE, 0L));
  }

  @Test
  void map_badArguments_isRefusedInTheOrderOfTheList() {
    ideal.allocateDomain(new DomainId(3), DomainType.IDENTITY);
    Iova beyond = new Iova(1L << 48);
    PhysAddr tooWide = new PhysAddr(1L << 52);
    DomainId identity = new DomainId(3);
    assertThat(ideal.map(identity, beyond, tooWide, PAGE, 1, Prot.READ).errno())
        .isEqualTo(Errno.EINVAL);
    assertThat(ideal.map(new DomainId(9), IOVA, PADDR, PAGE, 1, Prot.READ).errno())
        .isEqualTo(Errno.EINVAL);
    assertThat(ideal.map(D1, beyond, tooWide, PAGE, 1, Prot.NONE).errno()).isEqualTo(Errno.EINVAL);
    assertThat(map(IOVA, PADDR, PAGE, 0).errno()).isEqualTo(Errno.EINVAL);
    assertThat(map(beyond, tooWide, 2 * PAGE, 1).errno()).isEqualTo(Errno.EINVAL);
    assertThat(map(beyond.plus(8), tooWide, PAGE, 1).errno()).isEqualTo(Errno.EINVAL);
    assertThat(map(IOVA, tooWide, PAGE, 1).errno()).isEqualTo(Errno.ERANGE);
    assertThat(map(beyond, PADDR, PAGE, 1).errno()).isEqualTo(Errno.ERANGE);
    assertThat(map(new Iova((1L << 48) - PAGE), PADDR, PAGE, 2).errno()).isEqualTo(Errno.ERANGE);
    assertThat(map(new Iova(-PAGE), PADDR, PAGE, 1).errno()).isEqualTo(Errno.ERANGE);
    assertThat(map(new Iova((1L << 48) - PAGE), PADDR, PAGE, 1).isOk()).isTrue();
  }

  @Test
  void unmap_largePageAtTheEnd_returnsMoreThanAsked() {
    map(IOVA.plus(-PAGE), PADDR.plus(-PAGE), PAGE, 1);
    map(IOVA, PADDR, LARGE, 1);
    Gather gather = new Gather();
    assertThat(ideal.unmap(D1, IOVA.plus(-PAGE), PAGE, 2, gather)).isEqualTo(PAGE + LARGE);
    assertThat(gather.start()).isEqualTo(IOVA.bytes() - PAGE);
    assertThat(gather.end()).isEqualTo(IOVA.bytes() + LARGE - 1);
    assertThat(gather.pageSize()).isEqualTo(PAGE);
  }

  @Test
  void unmap_startInsideALargePage_removesNothing() {
    map(IOVA, PADDR, LARGE, 1);
    Gather gather = new Gather();
    assertThat(ideal.unmap(D1, IOVA.plus(PAGE), PAGE, 1, gather)).isZero();
    assertThat(gather.isEmpty()).isTrue();
    assertThat(ideal.iovaToPhys(D1, IOVA.plus(PAGE))).isEqualTo(PADDR.plus(PAGE));
  }

  @Test
  void unmap_hole_stopsThere() {
    map(IOVA, PADDR, PAGE, 1);
    map(IOVA.plus(2 * PAGE), PADDR, PAGE, 1);
    assertThat(ideal.unmap(D1, IOVA, PAGE, 3, new Gather())).isEqualTo(PAGE);
    assertThat(ideal.iovaToPhys(D1, IOVA.plus(2 * PAGE))).isEqualTo(PADDR);
    assertThat(ideal.unmap(new DomainId(9), IOVA, PAGE, 1, new Gather())).isZero();
  }

  @Test
  void iovaToPhys_domainTypes_giveAddressOrZero() {
    ideal.allocateDomain(new DomainId(3), DomainType.IDENTITY);
    ideal.allocateDomain(new DomainId(4), DomainType.BLOCKED);
    assertThat(ideal.iovaToPhys(new DomainId(3), IOVA)).isEqualTo(new PhysAddr(IOVA.bytes()));
    assertThat(ideal.iovaToPhys(new DomainId(4), IOVA)).isEqualTo(new PhysAddr(0));
    assertThat(ideal.iovaToPhys(D1, IOVA)).isEqualTo(new PhysAddr(0));
    assertThat(ideal.iovaToPhys(new DomainId(9), IOVA)).isEqualTo(new PhysAddr(0));
  }

  @Test
  void access_identityAndBlockedDomains_passAndBlock() {
    ideal.allocateDomain(new DomainId(3), DomainType.IDENTITY);
    ideal.allocateDomain(new DomainId(4), DomainType.BLOCKED);
    ideal.attach(FIRST, new DomainId(3), null);
    assertThat(read(FIRST, new Iova(PADDR.bytes())))
        .isEqualTo(AccessOutcome.completed(PADDR.bytes()));
    ideal.attach(FIRST, new DomainId(4), new DomainId(3));
    assertThat(read(FIRST, new Iova(PADDR.bytes()))).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void freeDomain_attachedToRidOrPasid_isEbusy() {
    ideal.attach(FIRST, D1, null);
    ideal.setPasid(SECOND, P5, D2, null);
    assertThat(ideal.freeDomain(D1).errno()).isEqualTo(Errno.EBUSY);
    assertThat(ideal.freeDomain(D2).errno()).isEqualTo(Errno.EBUSY);
    ideal.removePasid(SECOND, P5, D2);
    ideal.attach(FIRST, D2, D1);
    assertThat(ideal.freeDomain(D1).isOk()).isTrue();
    assertThat(ideal.freeDomain(D1).errno()).isEqualTo(Errno.EINVAL);
    ideal.release(FIRST);
    assertThat(ideal.freeDomain(D2).isOk()).isTrue();
  }

  @Test
  void allocateDomain_nameInUse_isEexist() {
    assertThat(ideal.allocateDomain(D1, DomainType.PAGING).errno()).isEqualTo(Errno.EEXIST);
  }

  @Test
  void allocateDomain_nameFreedBefore_isEmpty() {
    map(IOVA, PADDR, PAGE, 1);
    ideal.freeDomain(D1);
    ideal.allocateDomain(D1, DomainType.PAGING);
    assertThat(ideal.iovaToPhys(D1, IOVA)).isEqualTo(new PhysAddr(0));
  }

  @Test
  void attach_failureOrdered_changesNothingOnce() {
    map(IOVA, PADDR, PAGE, 1);
    ideal.attach(FIRST, D1, null);
    ideal.failNextAttach(FIRST, Errno.ENOSPC);
    assertThat(ideal.attach(SECOND, D2, null).isOk()).isTrue();
    assertThat(ideal.attach(FIRST, D2, D1).errno()).isEqualTo(Errno.ENOSPC);
    assertThat(read(FIRST, IOVA)).isEqualTo(AccessOutcome.completed(PADDR.bytes()));
    assertThat(ideal.attach(FIRST, D2, D1).isOk()).isTrue();
    assertThat(read(FIRST, IOVA)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void attach_unknownDeviceOrDomain_isRefused() {
    assertThat(ideal.attach(Rid.parse("05:00.0"), D1, null).errno()).isEqualTo(Errno.ENODEV);
    assertThat(ideal.attach(FIRST, new DomainId(9), null).errno()).isEqualTo(Errno.EINVAL);
    assertThat(ideal.setPasid(FIRST, P5, new DomainId(9), null).errno()).isEqualTo(Errno.EINVAL);
    assertThat(ideal.setPasid(Rid.parse("05:00.0"), P5, D1, null).errno()).isEqualTo(Errno.ENODEV);
  }

  @Test
  void pasid_setOnOneDevice_translatesThereAlone() {
    map(IOVA, PADDR, PAGE, 1);
    ideal.attach(FIRST, D2, null);
    ideal.setPasid(FIRST, P5, D1, null);
    DeviceAccess access = DeviceAccess.read(FIRST, IOVA).with(P5);
    assertThat(ideal.access(access)).isEqualTo(AccessOutcome.completed(PADDR.bytes()));
    assertThat(read(FIRST, IOVA)).isEqualTo(AccessOutcome.blocked());
    assertThat(ideal.access(DeviceAccess.read(FIRST, IOVA).with(new Pasid(6))))
        .isEqualTo(AccessOutcome.blocked());
    assertThat(ideal.access(DeviceAccess.read(SECOND, IOVA).with(P5)))
        .isEqualTo(AccessOutcome.blocked());
    ideal.attach(FIRST, D1, D2);
    assertThat(ideal.access(DeviceAccess.read(FIRST, IOVA).with(new Pasid(0))))
        .isEqualTo(AccessOutcome.blocked());
    ideal.removePasid(FIRST, P5, D1);
    assertThat(ideal.access(access)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void takeFaults_refusedAccesses_areGivenOnceInOrder() {
    ideal.access(DeviceAccess.write(FIRST, IOVA.plus(0x128), 1));
    ideal.access(DeviceAccess.read(SECOND, IOVA.plus(PAGE)).with(P5));
    assertThat(ideal.takeFaults())
        .isEqualTo(
            new FaultLog(
                java.util.List.of(
                    new FaultRecord(FIRST, null, IOVA, true, 0),
                    new FaultRecord(SECOND, P5, IOVA.plus(PAGE), false, 0)),
                false));
    assertThat(ideal.takeFaults().records()).isEmpty();
  }

  @Test
  void takeFaults_moreThanTheRoom_tellsOverflowAndResumes() {
    for (int i = 0; i < 17; i++) {
      read(FIRST, IOVA.plus(i * PAGE));
    }
    FaultLog log = ideal.takeFaults();
    assertThat(log.records()).hasSize(16);
    assertThat(log.overflow()).isTrue();
    read(FIRST, IOVA);
    assertThat(ideal.takeFaults().records()).hasSize(1);
    assertThat(ideal.takeFaults().overflow()).isFalse();
  }

  @Test
  void sync_gather_isEmptyAfterwards() {
    Gather gather = new Gather();
    gather.addRange(IOVA, PAGE);
    ideal.sync(D1, gather);
    assertThat(gather.isEmpty()).isTrue();
  }
}
