package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.SECOND;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;

import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.backend.DamagedCommands;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that does not complete an invalidation holds nobody up for ever. */
class TimeoutTest {

  private static final long IOVA = 0x4000;

  private final DrivenUnits machine =
      DrivenUnits.of(ScalableProvider.parts().configuration()).probed();
  private final DomainId domain = machine.paging(1);

  @BeforeEach
  void read() {
    machine.map(domain, IOVA, page(1), PAGE, 4).value();
    machine.attach(FIRST, domain, null);
    machine.attach(SECOND, domain, null);
    machine.tag(page(1), 11);
    machine.read(FIRST, IOVA);
    machine.read(SECOND, IOVA);
  }

  @Test
  void sync_withADeviceThatIsGone_endsAndReachesTheOthers() {
    machine.backend.endpoints().unplug(FIRST);
    machine.unmapNow(domain, IOVA, PAGE, 1);
    assertThat(machine.read(SECOND, IOVA)).as("INV-001").isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void sync_withADeviceThatMissesOne_isRepeated() {
    machine.backend.endpoints().missNext(FIRST);
    machine.unmapNow(domain, IOVA, PAGE, 1);
    assertThat(machine.read(FIRST, IOVA)).as("INV-001").isEqualTo(AccessOutcome.blocked());
    assertThat(machine.read(SECOND, IOVA)).as("INV-001").isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void detach_ofADeviceThatIsGone_ends() {
    machine.backend.endpoints().unplug(FIRST);
    DomainId blocked = machine.domain(2, DomainType.BLOCKED);
    machine.attach(FIRST, blocked, domain);
    assertThat(machine.read(FIRST, IOVA)).as("ATT-005").isEqualTo(AccessOutcome.blocked());
    assertThat(machine.read(SECOND, IOVA)).isEqualTo(AccessOutcome.completed(11));
  }

  @Test
  void queue_afterATimeout_goesOn() {
    machine.backend.endpoints().missNext(FIRST);
    machine.unmapNow(domain, IOVA, PAGE, 1);
    machine.read(FIRST, IOVA + PAGE);
    machine.unmapNow(domain, IOVA + PAGE, PAGE, 1);
    assertThat(machine.read(FIRST, IOVA + PAGE)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void sync_whoseDescriptorIsRefused_isRepeated() {
    damageNext();
    machine.unmapNow(domain, IOVA, PAGE, 1);
    assertThat(machine.read(FIRST, IOVA)).as("INV-021").isEqualTo(AccessOutcome.blocked());
    assertThat(machine.read(SECOND, IOVA)).as("INV-021").isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void queue_afterARefusedDescriptor_goesOn() {
    damageNext();
    machine.unmapNow(domain, IOVA, PAGE, 1);
    machine.read(FIRST, IOVA + PAGE);
    machine.unmapNow(domain, IOVA + PAGE, PAGE, 1);
    assertThat(machine.read(FIRST, IOVA + PAGE)).as("INV-020").isEqualTo(AccessOutcome.blocked());
  }

  private void damageNext() {
    machine.backend.extension(DamagedCommands.class).orElseThrow().damageNext(FIRST);
  }
}
