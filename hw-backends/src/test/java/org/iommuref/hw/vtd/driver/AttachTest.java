package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.SECOND;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;
import static org.iommuref.spec.access.AccessOutcome.blocked;
import static org.iommuref.spec.access.AccessOutcome.completed;

import java.util.List;
import java.util.stream.IntStream;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.hw.vtd.driver.DriverStep.AssignTag;
import org.iommuref.hw.vtd.driver.DriverStep.ClearPresent;
import org.iommuref.hw.vtd.driver.DriverStep.InvalidationDone;
import org.iommuref.hw.vtd.driver.DriverStep.PutDomainId;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitContextInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.TakeDomainId;
import org.iommuref.hw.vtd.driver.DriverStep.UnassignTag;
import org.iommuref.hw.vtd.driver.DriverStep.WriteContextEntry;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Step;
import org.junit.jupiter.api.Test;

/** Domains and what attaches, replaces and releases leave behind. */
class AttachTest {

  private static final List<Class<?>> ORDERED =
      List.of(
          TakeDomainId.class,
          AssignTag.class,
          WriteContextEntry.class,
          SubmitContextInvalidation.class,
          SubmitInvalidation.class,
          InvalidationDone.class,
          UnassignTag.class,
          PutDomainId.class);

  private static final Rid STRANGER = Rid.parse("7f:1f.7");

  private final DrivenUnits machine = DrivenUnits.standard().probed();
  private final DomainId one = machine.paging(1);
  private final DomainId two = machine.paging(2);

  AttachTest() {
    machine.tag(page(1), 1);
    machine.tag(page(2), 2);
    machine.map(one, 0, page(1), PAGE, 1);
    machine.map(two, 0, page(2), PAGE, 1);
  }

  @Test
  @Clause({"ATT-001", "ATT-002", "ATT-008"})
  void replace_endsTheOldDomainAndKeepsItsMappings() {
    machine.attach(FIRST, one, null);
    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));

    machine.attach(FIRST, two, one);
    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(2));

    machine.attach(FIRST, one, two);
    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
  }

  @Test
  @Clause("ATT-009")
  void replace_writesTheEntryOnceAndNeverClearsIt() {
    machine.attach(FIRST, one, null);
    machine.steps.takePerformed();

    machine.attach(FIRST, two, one);

    List<Step> performed = machine.steps.takePerformed();
    assertThat(performed).filteredOn(WriteContextEntry.class::isInstance).hasSize(1);
    assertThat(performed).noneMatch(ClearPresent.class::isInstance);
  }

  @Test
  @Clause({"INV-004", "INV-012"})
  void replace_assignsTheTagFirstAndGivesTheOldIdBackWhenNothingIsCachedUnderIt() {
    machine.attach(FIRST, one, null);
    machine.steps.takePerformed();

    machine.attach(FIRST, two, one);

    List<Class<?>> order =
        machine.steps.takePerformed().stream()
            .<Class<?>>map(Step::getClass)
            .filter(type -> ORDERED.contains(type))
            .toList();
    assertThat(order)
        .containsExactly(
            TakeDomainId.class,
            AssignTag.class,
            WriteContextEntry.class,
            SubmitContextInvalidation.class,
            InvalidationDone.class,
            SubmitInvalidation.class,
            InvalidationDone.class,
            UnassignTag.class,
            PutDomainId.class);
  }

  @Test
  @Clause({"DOM-001", "ATT-005"})
  void blockedDomain_blocksWhateverWasCached() {
    DomainId blockedDomain = machine.domain(3, DomainType.BLOCKED);
    machine.attach(FIRST, one, null);
    machine.read(FIRST, 0);

    machine.attach(FIRST, blockedDomain, one);

    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());
    machine.attach(FIRST, one, blockedDomain);
    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
  }

  @Test
  @Clause("DOM-002")
  void identityDomain_passesAddressesAndEndsWithTheNextDomain() {
    DomainId identity = machine.domain(3, DomainType.IDENTITY);
    machine.attach(FIRST, identity, null);
    assertThat(machine.read(FIRST, page(2))).isEqualTo(completed(2));

    machine.attach(FIRST, one, identity);

    assertThat(machine.read(FIRST, page(2))).isEqualTo(blocked());
    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
  }

  @Test
  void identityDomain_needsPassThrough() {
    DrivenUnits without =
        DrivenUnits.of(
            VtdConfiguration.standard().withExtendedCapability(ExtendedCapability.PT, 0));

    assertThat(without.backend.allocateDomain(new DomainId(1), DomainType.IDENTITY))
        .isEqualTo(Result.err(Errno.EOPNOTSUPP));
  }

  @Test
  void release_blocksTheDeviceAndFreesTheDomain() {
    machine.attach(FIRST, one, null);
    machine.read(FIRST, 0);

    machine.backend.release(FIRST).value();

    assertThat(machine.read(FIRST, 0)).isEqualTo(blocked());
    assertThat(machine.backend.freeDomain(one)).isEqualTo(Result.done());
    assertThat(machine.backend.release(FIRST)).isEqualTo(Result.err(Errno.ENODEV));
    assertThat(machine.backend.attach(FIRST, two, null)).isEqualTo(Result.err(Errno.ENODEV));
  }

  @Test
  @Clause("ATT-004")
  void failedAttach_changesNothing() {
    machine.attach(FIRST, one, null);
    machine.backend.failNextAttach(FIRST, Errno.ENOMEM);

    assertThat(machine.backend.attach(FIRST, two, one)).isEqualTo(Result.err(Errno.ENOMEM));

    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
    assertThat(machine.backend.freeDomain(two)).isEqualTo(Result.done());
    assertThat(machine.backend.freeDomain(one)).isEqualTo(Result.err(Errno.EBUSY));
  }

  @Test
  void unknownNames_areRefused() {
    assertThat(machine.backend.probe(STRANGER)).isEqualTo(Result.err(Errno.ENODEV));
    assertThat(machine.backend.probe(FIRST)).isEqualTo(Result.err(Errno.EBUSY));
    assertThat(machine.backend.attach(FIRST, new DomainId(9), null))
        .isEqualTo(Result.err(Errno.EINVAL));
    assertThat(machine.backend.freeDomain(new DomainId(9))).isEqualTo(Result.err(Errno.EINVAL));
    assertThat(machine.backend.allocateDomain(one, DomainType.PAGING))
        .isEqualTo(Result.err(Errno.EEXIST));
    assertThat(machine.read(STRANGER, 0)).isEqualTo(blocked());
  }

  @Test
  @Clause({"DOM-006", "DOM-007"})
  void domainId_isReusedWithNothingOfItsFormerOwner() {
    for (int number = 10; number < 15; number++) {
      DomainId next = machine.paging(number);
      machine.attach(FIRST, next, null);
      assertThat(machine.read(FIRST, 0)).as("domain %s", next).isEqualTo(blocked());
      machine.map(next, 0, page(number), PAGE, 1);
      machine.write(FIRST, 0, number);
      assertThat(machine.memory.readLong(page(number))).isEqualTo(number);
      machine.attach(FIRST, machine.domain(100 + number, DomainType.BLOCKED), next);
      machine.backend.freeDomain(next).value();
    }
    assertThat(domainIdsWritten(machine.steps)).containsOnly(2L);
  }

  private static List<Long> domainIdsWritten(DirectSteps steps) {
    return steps.takePerformed().stream()
        .filter(WriteContextEntry.class::isInstance)
        .map(step -> ((WriteContextEntry) step).entry())
        .filter(entry -> ContextEntry.P.isSet(entry.low()))
        .map(ContextEntry.DID::get)
        .toList();
  }

  @Test
  void noDomainIdLeft_isENOSPC() {
    Topology many = devicesOnOneBus(16);
    DrivenUnits crowded =
        new DrivenUnits(
                many,
                VtdConfiguration.standard().withCapability(Capability.ND, 0),
                DirectSteps.plain())
            .probed();
    for (int n = 0; n < 14; n++) {
      crowded.attach(many.devices().get(n).rid(), crowded.paging(n), null);
    }
    DomainId surplus = crowded.paging(14);
    Rid device = many.devices().get(14).rid();

    assertThat(crowded.backend.attach(device, surplus, null)).isEqualTo(Result.err(Errno.ENOSPC));
    assertThat(crowded.backend.freeDomain(surplus)).isEqualTo(Result.done());
  }

  private static Topology devicesOnOneBus(int count) {
    return new Topology(
        IntStream.range(0, count)
            .mapToObj(n -> new Topology.Device(new Rid(0x300 + n), 0, new GroupId(n)))
            .toList());
  }

  @Test
  @Clause("ATT-007")
  void devices_areSeparateAndShareWhatTheyShare() {
    machine.attach(FIRST, one, null);
    machine.attach(SECOND, two, null);
    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
    assertThat(machine.read(SECOND, 0)).isEqualTo(completed(2));

    machine.attach(SECOND, one, two);

    assertThat(machine.read(FIRST, 0)).isEqualTo(completed(1));
    assertThat(machine.read(SECOND, 0)).isEqualTo(completed(1));
  }

  @Test
  void noContextTable_isENOMEMAndTheDeviceStaysBlocked() {
    while (machine.pool.allocate() >= 0) {
      // until all are taken
    }

    assertThat(machine.backend.attach(SECOND, one, null)).isEqualTo(Result.err(Errno.ENOMEM));
    assertThat(machine.read(SECOND, 0)).isEqualTo(blocked());
    assertThat(machine.backend.freeDomain(one)).isEqualTo(Result.done());
  }

  @Test
  void interruptRange_isReserved() {
    assertThat(machine.backend.reservedRegions(FIRST))
        .containsExactly(
            new ReservedRegion(new Iova(0xfee0_0000L), 0x10_0000L, ReservedRegion.Type.MSI));
  }

  @Test
  void unitThatTheDriverCannotServe_isRefusedAtStart() {
    VtdConfiguration standard = VtdConfiguration.standard();

    assertThatThrownBy(
            () -> DrivenUnits.of(standard.withExtendedCapability(ExtendedCapability.QI, 0)))
        .hasMessage("unit 0 has no invalidation queue (ECAP.QI)");
    assertThatThrownBy(() -> DrivenUnits.of(standard.withCapability(Capability.RWBF, 1)))
        .hasMessage("unit 0 wants its write buffer flushed (RWBF)");
    assertThatThrownBy(() -> DrivenUnits.of(standard.withCapability(Capability.SAGAW, 8)))
        .hasMessage("no address width of 39 or 48 bits fits every unit (SAGAW)");
  }
}
