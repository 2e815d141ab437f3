package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;
import static org.iommuref.spec.access.AccessOutcome.blocked;
import static org.iommuref.spec.access.AccessOutcome.completed;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.PhysAddr;
import org.junit.jupiter.api.Test;

/** A unit that caches what is not present is told of everything that becomes present. */
class CachingModeTest {

  private final DrivenUnits machine =
      DrivenUnits.of(VtdConfiguration.standard().withCapability(Capability.CM, 1)).probed();

  @Test
  @Clause("MAP-014")
  void newMapping_isSeenAfterItsSync() {
    DomainId domain = machine.paging(1);
    machine.attach(FIRST, domain, null);
    machine.tag(page(1), 1);
    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());

    machine.backend.map(domain, new Iova(0), new PhysAddr(page(1)), PAGE, 1, Prot.READ);

    assertThat(machine.read(FIRST, 0)).as("the refusal is cached").isEqualTo(blocked());
    machine.backend.syncMap(domain, new Iova(0), PAGE);
    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
  }

  @Test
  @Clause("INV-018")
  void attach_discardsTheRefusalsOfABlockedDevice() {
    DomainId domain = machine.paging(1);
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.tag(page(1), 1);
    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());

    machine.attach(FIRST, domain, null);

    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
  }

  @Test
  @Clause("INV-018")
  void replace_discardsTheRefusalsOfTheOldDomain() {
    DomainId empty = machine.paging(1);
    DomainId domain = machine.paging(2);
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.tag(page(1), 1);
    machine.attach(FIRST, empty, null);
    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());

    machine.attach(FIRST, domain, empty);

    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
  }
}
