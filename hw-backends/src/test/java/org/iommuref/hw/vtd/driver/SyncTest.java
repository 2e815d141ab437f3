package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.LARGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.MIDDLE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.SECOND;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;
import static org.iommuref.spec.access.AccessOutcome.blocked;
import static org.iommuref.spec.access.AccessOutcome.completed;

import java.util.List;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitInvalidation;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.HeldAccesses;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

/** What a sync invalidates, and what it waits for. */
class SyncTest {

  private final DrivenUnits machine = DrivenUnits.standard().probed();
  private final DomainId domain = machine.paging(1);

  SyncTest() {
    machine.attach(FIRST, domain, null);
    machine.tag(page(1), 1);
  }

  @Test
  @Clause({"INV-001", "INV-003"})
  void unmap_beforeSync_mayStillTranslate() {
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.read(FIRST, 0);
    Gather gather = new Gather();

    machine.unmap(domain, 0, PAGE, 1, gather);

    assertThat(machine.read(FIRST, 0)).as("from the cache").isEqualTo(completed(1));
    machine.backend.sync(domain, gather);
    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());
  }

  @Test
  @Clause({"INV-005", "INV-015"})
  void sync_coversEveryPageOfEveryUnmapInTheGather() {
    machine.map(domain, 0x7000, page(1), PAGE, 3);
    machine.map(domain, 0xb000, page(1), PAGE, 1);
    List<Long> pages = List.of(0x7000L, 0x8000L, 0x9000L, 0xb000L);
    pages.forEach(iova -> machine.read(FIRST, iova));
    Gather gather = new Gather();

    machine.unmap(domain, 0x7000, PAGE, 3, gather);
    machine.unmap(domain, 0xb000, PAGE, 1, gather);
    machine.backend.sync(domain, gather);

    assertThat(pages)
        .allSatisfy(iova -> assertThat(machine.read(FIRST, iova)).isEqualTo(blocked()));
  }

  @Test
  @Clause("INV-005")
  void range_isTheSmallestAlignedPowerOfTwoThatCoversTheGather() {
    assertThat(flushOf(0x5000, 1)).isEqualTo(submitted(0x5000, PAGE, true));
    assertThat(flushOf(0x4000, 4)).isEqualTo(submitted(0x4000, 4 * PAGE, true));
    assertThat(flushOf(0x7000, 2)).isEqualTo(submitted(0, 16 * PAGE, true));
  }

  @Test
  @Clause("INV-009")
  void hint_isGivenOnlyIfNoTableWasUnlinked() {
    assertThat(flushOf(0, 511).leafOnly()).isTrue();
    assertThat(flushOf(0, 512).leafOnly()).isFalse();
  }

  @Test
  void rangeBeyondTheLargestMask_isFlushedWithTheWholeDomain() {
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.map(domain, 2 * LARGE, page(1), PAGE, 1);
    machine.read(FIRST, 0);
    machine.read(FIRST, 2 * LARGE);
    Gather gather = new Gather();
    machine.unmap(domain, 0, PAGE, 1, gather);
    machine.unmap(domain, 2 * LARGE, PAGE, 1, gather);
    machine.steps.takePerformed();

    machine.backend.sync(domain, gather);

    assertThat(submissions()).extracting(SubmitInvalidation::size).containsExactly(Long.MAX_VALUE);
    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());
    assertThat(machine.read(FIRST, 2 * LARGE)).isEqualTo(blocked());
  }

  @Test
  void unitWithoutPageSelectiveInvalidation_isFlushedByDomain() {
    DrivenUnits plain =
        DrivenUnits.of(VtdConfiguration.standard().withCapability(Capability.PSI, 0)).probed();
    DomainId paging = plain.paging(1);
    plain.attach(FIRST, paging, null);
    plain.map(paging, 0, page(1), PAGE, 1);
    plain.read(FIRST, 0);

    plain.unmapNow(paging, 0, PAGE, 1);

    assertThat(plain.read(FIRST, 0)).isEqualTo(blocked());
  }

  @Test
  @Clause({"INV-004", "ATT-006"})
  void domainOnTwoUnits_isInvalidatedOnBoth() {
    DrivenUnits two = DrivenUnits.twoUnits().probed();
    DomainId shared = two.paging(1);
    two.attach(FIRST, shared, null);
    two.attach(SECOND, shared, null);
    two.tag(page(1), 1);
    two.map(shared, 0, page(1), PAGE, 1);
    assertThat(two.read(FIRST, 0)).isEqualTo(completed(1));
    assertThat(two.read(SECOND, 0)).isEqualTo(completed(1));

    two.unmapNow(shared, 0, PAGE, 1);

    assertThat(two.read(FIRST, 0)).isEqualTo(blocked());
    assertThat(two.read(SECOND, 0)).isEqualTo(blocked());
  }

  @Test
  @Clause("ATT-011")
  void domainLeftByOneDevice_isStillInvalidatedForTheOther() {
    machine.attach(SECOND, domain, null);
    machine.attach(SECOND, machine.paging(2), domain);
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.read(FIRST, 0);

    machine.unmapNow(domain, 0, PAGE, 1);

    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());
  }

  @Test
  @Clause("INV-012")
  void mappingRemovedWhileNobodyWasAttached_isGoneAtTheNextAttach() {
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.read(FIRST, 0);
    machine.attach(FIRST, machine.paging(2), domain);

    machine.unmapNow(domain, 0, PAGE, 1);
    machine.attach(FIRST, domain, new DomainId(2));

    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());
  }

  @Test
  @Clause("INV-006")
  void flushAll_endsEverythingRemoved() {
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.map(domain, LARGE, LARGE, MIDDLE, 1);
    machine.read(FIRST, 0);
    machine.read(FIRST, LARGE);
    machine.unmap(domain, 0, PAGE, 1, new Gather());
    machine.unmap(domain, LARGE, MIDDLE, 1, new Gather());

    machine.backend.flushAll(domain);

    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());
    assertThat(machine.read(FIRST, LARGE)).isEqualTo(blocked());
  }

  @Test
  @Clause("INV-002")
  void sync_waitsForAHeldWriteThatWasTranslated() {
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.backend.issue(1, DeviceAccess.write(FIRST, new Iova(0), 0xbad));
    assertThat(machine.memory.readLong(page(1))).as("held").isEqualTo(1);

    machine.unmapNow(domain, 0, PAGE, 1);

    assertThat(machine.memory.readLong(page(1))).as("drained").isEqualTo(0xbad);
    assertThat(machine.backend.finish(1)).isEqualTo(completed(0));
  }

  @Test
  void heldAccessesBeyondTheUnitsSlots_takeEffectInTurn() {
    machine.map(domain, 0, page(1), PAGE, 1);
    for (int token = 0; token < 6; token++) {
      machine.backend.issue(token, DeviceAccess.write(FIRST, new Iova(8L * token), token));
    }

    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(0));
    for (int token = 0; token < 6; token++) {
      assertThat(machine.backend.finish(token)).isEqualTo(completed(0));
      assertThat(machine.memory.readLong(page(1) + 8L * token)).isEqualTo(token);
    }
  }

  @Test
  void unitThatCannotDrain_offersNoHeldAccesses() {
    DrivenUnits without =
        DrivenUnits.of(VtdConfiguration.standard().withCapability(Capability.DWD, 0));

    assertThat(without.backend.extension(HeldAccesses.class)).isEmpty();
    assertThat(machine.backend.extension(HeldAccesses.class)).isPresent();
  }

  @Test
  void queue_goesRoundManyTimes() {
    for (int n = 0; n < 600; n++) {
      machine.map(domain, 0, page(1), PAGE, 1);
      assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
      machine.unmapNow(domain, 0, PAGE, 1);
      assertThat(machine.read(FIRST, 0)).as("round %d", n).isEqualTo(blocked());
    }
  }

  @Test
  void emptyGather_costsNoInvalidation() {
    machine.steps.takePerformed();

    machine.backend.sync(domain, new Gather());

    assertThat(machine.steps.takePerformed()).isEmpty();
  }

  private SubmitInvalidation flushOf(long iova, long count) {
    machine.map(domain, iova, page(1), PAGE, count).value();
    machine.steps.takePerformed();
    machine.unmapNow(domain, iova, PAGE, count);
    return submissions().get(0);
  }

  private SubmitInvalidation submitted(long iova, long size, boolean leafOnly) {
    long tail = lastTail;
    return new SubmitInvalidation(iova, size, leafOnly, 0, 2, tail);
  }

  private long lastTail;

  private List<SubmitInvalidation> submissions() {
    List<SubmitInvalidation> found =
        machine.steps.takePerformed().stream()
            .filter(SubmitInvalidation.class::isInstance)
            .map(SubmitInvalidation.class::cast)
            .toList();
    lastTail = found.isEmpty() ? lastTail : found.get(found.size() - 1).tail();
    return found;
  }
}
