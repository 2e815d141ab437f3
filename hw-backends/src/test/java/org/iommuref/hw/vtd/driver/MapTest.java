package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.LARGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.MIDDLE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;
import static org.iommuref.spec.access.AccessOutcome.blocked;
import static org.iommuref.spec.access.AccessOutcome.completed;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.PhysAddr;
import org.junit.jupiter.api.Test;

/** What devices see of map and unmap. */
class MapTest {

  private final DrivenUnits machine = DrivenUnits.standard().probed();
  private final DomainId domain = machine.paging(1);

  MapTest() {
    machine.attach(FIRST, domain, null);
  }

  @Test
  @Clause({"MAP-001", "MAP-002"})
  void mappedPage_isReadThroughTheUnitAndItsNeighboursAreNot() {
    machine.tag(page(1) + 8, 0xa);

    assertThat(machine.map(domain, 0x4000, page(1), PAGE, 1)).isEqualTo(Result.ok(PAGE));

    assertThat(machine.read(FIRST, 0x4008)).isEqualTo(completed(0xa));
    assertThat(machine.read(FIRST, 0x3008)).isEqualTo(blocked());
    assertThat(machine.read(FIRST, 0x5008)).isEqualTo(blocked());
  }

  @Test
  @Clause({"MAP-003", "MAP-004", "MAP-005"})
  void rights_areThoseOfTheMap() {
    machine.map(domain, 0x1000, page(1), PAGE, 1, Prot.READ);
    machine.map(domain, 0x2000, page(2), PAGE, 1, Prot.WRITE);

    assertThat(machine.write(FIRST, 0x1000, 1)).isEqualTo(blocked());
    assertThat(machine.read(FIRST, 0x1000)).isEqualTo(completed(0));
    assertThat(machine.read(FIRST, 0x2000)).isEqualTo(blocked());
    assertThat(machine.write(FIRST, 0x2000, 2)).isEqualTo(completed(0));
    assertThat(machine.memory.readLong(page(2))).isEqualTo(2);
  }

  @Test
  @Clause({"MAP-009", "INV-016"})
  void largePages_translateAtEveryOffsetAndGoWhole() {
    machine.tag(2 * LARGE + 0x3456_7890L, 1);
    machine.tag(LARGE + MIDDLE + 0x1f_fff8L, 2);
    machine.map(domain, LARGE, 2 * LARGE, LARGE, 1);
    machine.map(domain, MIDDLE, LARGE + MIDDLE, MIDDLE, 1);

    assertThat(machine.read(FIRST, LARGE + 0x3456_7890L)).isEqualTo(completed(1));
    assertThat(machine.read(FIRST, 2 * MIDDLE - 8)).isEqualTo(completed(2));
    assertThat(machine.unmapNow(domain, MIDDLE, PAGE, 1)).isEqualTo(MIDDLE);
    assertThat(machine.read(FIRST, 2 * MIDDLE - 8)).isEqualTo(blocked());
    assertThat(machine.unmapNow(domain, LARGE, LARGE, 1)).isEqualTo(LARGE);
    assertThat(machine.read(FIRST, LARGE + 0x3456_7890L)).isEqualTo(blocked());
  }

  @Test
  @Clause("MAP-017")
  void largePageOverAnEmptiedTable_isUsedAtOnceAndTheTableIsFree() {
    machine.map(domain, 0, page(0), PAGE, 1);
    machine.read(FIRST, 0); // the unit caches the way to the table
    machine.unmapNow(domain, 0, PAGE, 1);
    int taken = machine.pool.taken();
    machine.tag(LARGE + MIDDLE + 0x5000, 7);

    assertThat(machine.map(domain, 0, LARGE + MIDDLE, MIDDLE, 1)).isEqualTo(Result.ok(MIDDLE));

    assertThat(machine.pool.taken()).isEqualTo(taken - 1);
    assertThat(machine.read(FIRST, 0x5000)).isEqualTo(completed(7));
  }

  @Test
  @Clause("MAP-006")
  void mapOverAMapping_failsAndTheMappingStays() {
    machine.tag(page(1), 1);
    machine.map(domain, 0x1000, page(1), PAGE, 1);

    assertThat(machine.map(domain, 0, page(5), PAGE, 3))
        .isEqualTo(Result.err(Errno.EADDRINUSE, PAGE));
    assertThat(machine.read(FIRST, 0x1000)).isEqualTo(completed(1));
  }

  @Test
  @Clause({"MAP-016", "MAP-024", "MAP-027"})
  void aperture_is48Bits() {
    long last = (1L << 48) - PAGE;

    assertThat(machine.map(domain, last, page(1), PAGE, 2)).isEqualTo(Result.err(Errno.ERANGE));
    assertThat(machine.map(domain, 0, 1L << 52, PAGE, 1)).isEqualTo(Result.err(Errno.ERANGE));
    assertThat(machine.map(domain, last, page(1), PAGE, 1)).isEqualTo(Result.ok(PAGE));
    assertThat(machine.write(FIRST, last + 0xff8, 5)).isEqualTo(completed(0));
    assertThat(machine.memory.readLong(page(1) + 0xff8)).isEqualTo(5);
  }

  @Test
  @Clause({"DOM-005", "MAP-026"})
  void domainsWithoutTables_haveNoMappings() {
    DomainId blocked = machine.domain(2, DomainType.BLOCKED);
    DomainId identity = machine.domain(3, DomainType.IDENTITY);
    machine.map(domain, 0x1000, page(1), PAGE, 1);

    assertThat(machine.map(blocked, 0, 0, PAGE, 1)).isEqualTo(Result.err(Errno.EINVAL));
    assertThat(machine.map(identity, 0, 0, PAGE, 1)).isEqualTo(Result.err(Errno.EINVAL));
    assertThat(machine.unmapNow(identity, 0, PAGE, 1)).isZero();
    assertThat(iovaToPhys(blocked, 0x1234)).isZero();
    assertThat(iovaToPhys(identity, 0x1234)).isEqualTo(0x1234);
    assertThat(iovaToPhys(domain, 0x1234)).isEqualTo(page(1) + 0x234);
    assertThat(iovaToPhys(domain, 0x2000)).isZero();
    assertThat(iovaToPhys(new DomainId(9), 0x1000)).isZero();
  }

  @Test
  @Clause({"MAP-010", "MAP-023"})
  void unmap_ofNothing_removesNothing() {
    assertThat(machine.unmapNow(domain, 0, PAGE, 1)).isZero();
    assertThat(machine.unmapNow(domain, 0, PAGE, 0)).isZero();
    assertThat(machine.unmapNow(domain, 0, PAGE, Long.MAX_VALUE)).isZero();
  }

  @Test
  void unitWithThreeLevels_has39Bits() {
    VtdConfiguration narrow =
        VtdConfiguration.standard()
            .withCapability(Capability.SAGAW, 1 << ContextEntry.AW_39)
            .withCapability(Capability.MGAW, 38)
            .withCapability(Capability.SSLPS, 0);
    DrivenUnits small = DrivenUnits.of(narrow).probed();
    DomainId paging = small.paging(1);
    small.attach(FIRST, paging, null);
    long last = (1L << 39) - PAGE;

    assertThat(small.backend.hwInfo().addressBits()).isEqualTo(39);
    assertThat(small.backend.hwInfo().pageSizes()).isEqualTo(PAGE);
    assertThat(small.map(paging, 0, 0, MIDDLE, 1)).isEqualTo(Result.err(Errno.EINVAL));
    assertThat(small.map(paging, last, page(1), PAGE, 2)).isEqualTo(Result.err(Errno.ERANGE));
    assertThat(small.map(paging, last, page(1), PAGE, 1)).isEqualTo(Result.ok(PAGE));
    assertThat(small.write(FIRST, last, 5)).isEqualTo(completed(0));
  }

  @Test
  void noPageLeftForATable_isENOMEM() {
    while (machine.pool.allocate() >= 0) {
      // until all are taken
    }

    assertThat(machine.map(domain, 0, page(1), PAGE, 1)).isEqualTo(Result.err(Errno.ENOMEM, 0L));
    assertThat(machine.backend.allocateDomain(new DomainId(7), DomainType.PAGING))
        .isEqualTo(Result.err(Errno.ENOMEM));
  }

  @Test
  @Clause("INV-007")
  void freedDomain_givesBackItsTables() {
    DomainId other = machine.paging(2);
    int taken = machine.pool.taken();
    machine.map(other, 0, page(1), PAGE, 1);
    machine.map(other, LARGE, LARGE, MIDDLE, 1);

    machine.backend.freeDomain(other).value();

    assertThat(machine.pool.taken()).isEqualTo(taken - 1);
  }

  @Test
  @Clause("INV-007")
  void unlinkedTable_isFreeAfterTheSyncAlone() {
    machine.map(domain, 0, page(0), PAGE, 512);
    int taken = machine.pool.taken();
    Gather gather = new Gather();

    assertThat(machine.unmap(domain, 0, PAGE, 512, gather)).isEqualTo(MIDDLE);

    assertThat(machine.pool.taken()).isEqualTo(taken);
    machine.backend.sync(domain, gather);
    assertThat(machine.pool.taken()).isEqualTo(taken - 1);
    assertThat(gather.isEmpty()).isTrue();
  }

  private long iovaToPhys(DomainId of, long iova) {
    PhysAddr address = machine.backend.iovaToPhys(of, new Iova(iova));
    return address.bytes();
  }
}
