package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.GroupCases.GROUP;
import static org.iommuref.conformance.cases.GroupCases.IOVA;
import static org.iommuref.conformance.cases.GroupCases.ONE;
import static org.iommuref.conformance.cases.GroupCases.TWO;
import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreAttachPasid;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.operation.CoreDetachGroup;
import org.iommuref.spec.operation.CoreDetachPasid;
import org.iommuref.spec.operation.CoreFinishReset;
import org.iommuref.spec.operation.CorePrepareReset;
import org.iommuref.spec.operation.CoreReleaseOwner;
import org.iommuref.spec.operation.CoreReplaceGroup;
import org.iommuref.spec.operation.CoreReplacePasid;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.DeviceTraits.Feature;
import org.iommuref.spec.spi.Topology;

/** Devices that are being reset. */
final class ResetCases implements CaseSet {

  private static final Pasid FIVE = new Pasid(5);
  private static final Pasid SIX = new Pasid(6);
  private static final DeviceTraits ATS = DeviceTraits.with(Feature.ATS);

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        blocked(pages),
        restored(pages),
        pasids(pages),
        noAttach(pages),
        noClaim(pages),
        detached(pages),
        released(pages),
        nested(pages),
        withoutAts(pages),
        refused(pages),
        noPasid(pages),
        noOtherPasid(pages),
        othersGoOn(pages),
        inForce(pages),
        pasidDetached(pages));
  }

  private static Scene given(String clause, String name, Topology topology, Pages pages) {
    return Scene.core(clause, name, topology)
        .needs(Capability.DEVICE_TRAITS)
        .add(new CoreAllocateDomain(ONE, DomainType.PAGING))
        .add(new CoreAllocateDomain(TWO, DomainType.PAGING))
        .add(CoreCases.map(1, IOVA, pages.small(1), PAGE))
        .add(CoreCases.map(2, IOVA, pages.small(2), PAGE));
  }

  /** A device that can use ATS, attached to the first domain. */
  private static Scene attached(String clause, String name, Pages pages) {
    return given(clause, name, Topology.oneDevice().with(ATS), pages)
        .add(new CoreAttachDevice(FIRST, ONE))
        .read(FIRST, IOVA)
        .succeeds();
  }

  private static Scene withPasid(String clause, String name, Pages pages) {
    return attached(clause, name, pages)
        .needs(Capability.PASID, Capability.STIMULUS_PASID)
        .add(new CoreAttachPasid(FIRST, FIVE, TWO))
        .read(FIRST, 5, IOVA)
        .succeeds();
  }

  @Clause("RST-001")
  private static Case blocked(Pages pages) {
    return attached("RST-001", "in a domain of a user", pages)
        .then()
        .add(new CorePrepareReset(FIRST))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("RST-002")
  private static Case restored(Pages pages) {
    return attached("RST-002", "in a domain of a user", pages)
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreFinishReset(FIRST))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .add(new CoreReplaceGroup(GROUP, TWO))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("RST-003")
  private static Case pasids(Pages pages) {
    return withPasid("RST-003", "one that is set", pages)
        .then()
        .add(new CorePrepareReset(FIRST))
        .read(FIRST, 5, IOVA)
        .faults()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("RST-004")
  private static Case noAttach(Pages pages) {
    return given("RST-004", "an attach and a replace", Topology.oneDevice().with(ATS), pages)
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreAttachGroup(GROUP, ONE))
        .faults()
        .add(new CoreReplaceGroup(GROUP, ONE))
        .faults()
        .add(new CoreFinishReset(FIRST))
        .add(new CoreAttachGroup(GROUP, ONE))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("RST-004")
  private static Case noClaim(Pages pages) {
    return given("RST-004", "a first claim and a further one", pair(ATS), pages)
        .needs(Capability.SHARED_GROUP)
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreClaimOwner(SECOND, 7))
        .faults()
        .add(new CoreFinishReset(FIRST))
        .add(new CoreClaimOwner(SECOND, 7))
        .succeeds()
        .add(new CorePrepareReset(FIRST))
        .add(new CoreClaimOwner(FIRST, 7))
        .succeeds()
        .end();
  }

  private static Topology pair(DeviceTraits... traits) {
    return Topology.twoDevicesInOneGroup().with(traits);
  }

  @Clause("RST-005")
  private static Case detached(Pages pages) {
    long mapped =
        pages.small(3); // in the default domain, so that it can be told from a blocked one
    ReservedRegion region =
        new ReservedRegion(new Iova(mapped), PAGE, ReservedRegion.Type.DIRECT_RELAXABLE);
    DeviceTraits traits = DeviceTraits.reserving(region).and(Feature.ATS);
    return given("RST-005", "a detach", Topology.oneDevice().with(traits), pages)
        .add(CoreCases.map(2, IOVA + PAGE, mapped, PAGE)) // what is mapped can be told apart
        .add(new CoreAttachDevice(FIRST, ONE))
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreDetachGroup(GROUP, ONE))
        .succeeds()
        .read(FIRST, mapped)
        .faults()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, mapped)
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("RST-005")
  private static Case released(Pages pages) {
    return given("RST-005", "a release by the owner of a group", pair(ATS), pages)
        .needs(Capability.SHARED_GROUP)
        .add(new CoreClaimOwner(FIRST, 7))
        .add(new CoreAttachGroup(GROUP, ONE))
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreReleaseOwner(FIRST))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .read(SECOND, IOVA)
        .faults()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("RST-006")
  private static Case nested(Pages pages) {
    return attached("RST-006", "one within another", pages)
        .then()
        .add(new CorePrepareReset(FIRST))
        .add(new CorePrepareReset(FIRST))
        .succeeds()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, IOVA)
        .faults()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("RST-007")
  private static Case withoutAts(Pages pages) {
    return given("RST-007", "in a domain of a user", Topology.oneDevice(), pages)
        .add(new CoreAttachDevice(FIRST, ONE))
        .then()
        .add(new CorePrepareReset(FIRST))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .add(new CoreReplaceGroup(GROUP, TWO))
        .succeeds()
        .add(new CoreFinishReset(FIRST))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("RST-008")
  private static Case refused(Pages pages) {
    return attached("RST-008", "and then one that can", pages)
        .needs(Capability.FAILING_ATTACH)
        .add(new FailNextAttach(FIRST, Errno.ENOMEM))
        .then()
        .add(new CorePrepareReset(FIRST))
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .add(new CoreReplaceGroup(GROUP, TWO))
        .succeeds()
        .add(new CorePrepareReset(FIRST))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("RST-009")
  private static Case noPasid(Pages pages) {
    return attached("RST-009", "one that is free, 0, and one that is too large", pages)
        .needs(Capability.PASID)
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreAttachPasid(FIRST, FIVE, TWO))
        .faults()
        .add(new CoreAttachPasid(FIRST, new Pasid(0), TWO))
        .faults()
        .add(new CoreAttachPasid(FIRST, new Pasid(0xfffff), TWO))
        .faults()
        .add(new CoreFinishReset(FIRST))
        .add(new CoreAttachPasid(FIRST, FIVE, TWO))
        .succeeds()
        .end();
  }

  @Clause("RST-010")
  private static Case noOtherPasid(Pages pages) {
    return withPasid("RST-010", "one that is set, one that is not, and 0", pages)
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreReplacePasid(FIRST, FIVE, ONE))
        .faults()
        .add(new CoreReplacePasid(FIRST, SIX, ONE))
        .faults()
        .add(new CoreReplacePasid(FIRST, new Pasid(0), ONE))
        .faults()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("RST-011")
  private static Case othersGoOn(Pages pages) {
    return given("RST-011", "a group of two", pair(ATS, ATS), pages)
        .needs(Capability.SHARED_GROUP)
        .add(new CoreAttachGroup(GROUP, ONE))
        .then()
        .add(new CorePrepareReset(FIRST))
        .read(SECOND, IOVA)
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .add(new CoreFinishReset(FIRST))
        .read(SECOND, IOVA)
        .succeeds()
        .end();
  }

  @Clause("RST-012")
  private static Case inForce(Pages pages) {
    return attached("RST-012", "a replace by itself", pages)
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreReplaceGroup(GROUP, ONE))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("RST-013")
  private static Case pasidDetached(Pages pages) {
    return withPasid("RST-013", "one that was set", pages)
        .add(new CorePrepareReset(FIRST))
        .then()
        .add(new CoreDetachPasid(FIRST, FIVE, TWO))
        .succeeds()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, 5, IOVA)
        .faults()
        .end();
  }
}
