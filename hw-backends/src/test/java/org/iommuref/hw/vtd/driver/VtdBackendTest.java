package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.Machine.FIRST;
import static org.iommuref.hw.vtd.driver.Machine.PAGE;
import static org.iommuref.hw.vtd.driver.Machine.page;
import static org.iommuref.spec.access.AccessOutcome.blocked;
import static org.iommuref.spec.access.AccessOutcome.completed;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Result;
import org.junit.jupiter.api.Test;

/** The driver over the real unit. */
@Clause({"MAP-001", "MAP-002", "INV-001"})
class VtdBackendTest {

  @Test
  void mappedPage_isReadThroughTheUnit() {
    Machine machine = Machine.standard().probed();
    DomainId domain = machine.paging(1);
    machine.attach(FIRST, domain, null);
    machine.tag(page(1) + 8, 0xa);

    assertThat(machine.map(domain, 0x4000, page(1), PAGE, 1)).isEqualTo(Result.ok(PAGE));

    assertThat(machine.read(FIRST, 0x4008)).isEqualTo(completed(0xa));
    assertThat(machine.read(FIRST, 0x5008)).isEqualTo(blocked());
    assertThat(machine.unmapNow(domain, 0x4000, PAGE, 1)).isEqualTo(PAGE);
    assertThat(machine.read(FIRST, 0x4008)).isEqualTo(blocked());
  }
}
