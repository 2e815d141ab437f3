package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreAttachPasid;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.operation.CoreDetachDevice;
import org.iommuref.spec.operation.CoreDetachPasid;
import org.iommuref.spec.operation.CoreReplaceGroup;
import org.iommuref.spec.operation.CoreReplacePasid;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.spi.Topology;

/** PASIDs in the core: what it refuses, and that a group moves together here too. */
final class CorePasidCases implements CaseSet {

  private static final long IOVA = 0x50_0000L;
  private static final DomainId ONE = new DomainId(1);
  private static final DomainId TWO = new DomainId(2);
  private static final GroupId GROUP = new GroupId(0);
  private static final Pasid FIVE = new Pasid(5);

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        pasidZero(pages),
        beyondTheDevice(pages),
        inUse(pages),
        withoutPasids(pages),
        replaceOfUnset(pages),
        failedAttach(pages),
        failedReplace(pages),
        detached(pages),
        claimWithPasid(pages),
        ridMovesAlone(pages));
  }

  private static Scene given(String clause, String name, Topology topology, Pages pages) {
    return Scene.core(clause, name, topology)
        .add(new CoreAllocateDomain(ONE, DomainType.PAGING))
        .add(new CoreAllocateDomain(TWO, DomainType.PAGING))
        .add(CoreCases.map(1, IOVA, pages.small(1), PAGE))
        .add(CoreCases.map(2, IOVA, pages.small(2), PAGE));
  }

  private static Scene alone(String clause, String name, Pages pages) {
    return given(clause, name, Topology.oneDevice(), pages)
        .needs(Capability.PASID, Capability.STIMULUS_PASID);
  }

  private static Scene pair(String clause, String name, Pages pages) {
    return given(clause, name, Topology.twoDevicesInOneGroup(), pages)
        .needs(
            Capability.PASID,
            Capability.STIMULUS_PASID,
            Capability.SHARED_GROUP,
            Capability.FAILING_ATTACH);
  }

  @Clause("PASID-006")
  private static Case pasidZero(Pages pages) {
    return alone("PASID-006", "PASID 0 cannot be attached", pages)
        .then()
        .add(new CoreAttachPasid(FIRST, new Pasid(0), ONE))
        .faults()
        .end();
  }

  @Clause("PASID-007")
  private static Case beyondTheDevice(Pages pages) {
    return alone("PASID-007", "a PASID beyond the device's range is refused", pages)
        .then()
        .add(new CoreAttachPasid(FIRST, new Pasid(0xfffff), ONE))
        .faults()
        .end();
  }

  @Clause("PASID-008")
  private static Case inUse(Pages pages) {
    return alone("PASID-008", "a PASID in use is not attached again", pages)
        .add(new CoreAttachPasid(FIRST, FIVE, ONE))
        .then()
        .add(new CoreAttachPasid(FIRST, FIVE, TWO))
        .faults()
        .add(new CoreAttachPasid(FIRST, FIVE, ONE))
        .faults()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("PASID-009")
  private static Case withoutPasids(Pages pages) {
    return given("PASID-009", "a domain that cannot serve PASIDs", Topology.oneDevice(), pages)
        .lacks(Capability.PASID)
        .then()
        .add(new CoreAttachPasid(FIRST, FIVE, ONE))
        .faults()
        .end();
  }

  @Clause("PASID-010")
  private static Case replaceOfUnset(Pages pages) {
    return alone("PASID-010", "only a PASID in use can be replaced", pages)
        .then()
        .add(new CoreReplacePasid(FIRST, FIVE, ONE))
        .faults()
        .read(FIRST, 5, IOVA)
        .faults()
        .end();
  }

  @Clause("PASID-011")
  private static Case failedAttach(Pages pages) {
    return pair("PASID-011", "a failed attach leaves the PASID unset on all", pages)
        .add(new FailNextAttach(SECOND, Errno.ENOMEM))
        .then()
        .add(new CoreAttachPasid(FIRST, FIVE, ONE))
        .faults()
        .read(FIRST, 5, IOVA)
        .faults()
        .read(SECOND, 5, IOVA)
        .faults()
        .add(new CoreAttachPasid(FIRST, FIVE, TWO))
        .succeeds()
        .read(SECOND, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("PASID-012")
  private static Case failedReplace(Pages pages) {
    return pair("PASID-012", "a failed replace keeps the old domain on all", pages)
        .add(new CoreAttachPasid(FIRST, FIVE, ONE))
        .add(new FailNextAttach(SECOND, Errno.ENOMEM))
        .then()
        .add(new CoreReplacePasid(FIRST, FIVE, TWO))
        .faults()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .read(SECOND, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("PASID-004")
  private static Case detached(Pages pages) {
    return alone("PASID-004", "a detached PASID is refused and can be attached again", pages)
        .add(new CoreAttachPasid(FIRST, FIVE, ONE))
        .read(FIRST, 5, IOVA)
        .succeeds()
        .then()
        .add(new CoreDetachPasid(FIRST, FIVE, ONE))
        .read(FIRST, 5, IOVA)
        .faults()
        .add(new CoreAttachPasid(FIRST, FIVE, TWO))
        .succeeds()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-011")
  private static Case claimWithPasid(Pages pages) {
    return alone("GRP-011", "a group with a PASID attached cannot be claimed", pages)
        .add(new CoreAttachPasid(FIRST, FIVE, ONE))
        .then()
        .add(new CoreClaimOwner(FIRST, 7))
        .faults()
        .add(new CoreDetachPasid(FIRST, FIVE, ONE))
        .add(new CoreClaimOwner(FIRST, 7))
        .succeeds()
        .end();
  }

  @Clause("PASID-013")
  private static Case ridMovesAlone(Pages pages) {
    return alone("PASID-013", "attach, replace and detach of the RID leave PASIDs", pages)
        .add(new CoreAttachPasid(FIRST, FIVE, ONE))
        .then()
        .add(new CoreAttachDevice(FIRST, TWO))
        .succeeds()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .add(new CoreReplaceGroup(GROUP, ONE))
        .succeeds()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .add(new CoreDetachDevice(FIRST, ONE))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .end();
  }
}
