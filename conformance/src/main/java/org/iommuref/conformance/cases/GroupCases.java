package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.operation.CoreDetachDevice;
import org.iommuref.spec.operation.CoreDetachGroup;
import org.iommuref.spec.operation.CoreGroupOf;
import org.iommuref.spec.operation.CoreReleaseOwner;
import org.iommuref.spec.operation.CoreReplaceGroup;
import org.iommuref.spec.operation.CoreUnuseDefault;
import org.iommuref.spec.operation.CoreUseDefault;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.spi.Topology;

/** Groups: their devices move together or not at all. */
final class GroupCases implements CaseSet {

  static final long IOVA = 0x30_0000L;
  static final GroupId GROUP = new GroupId(0);
  static final DomainId ONE = new DomainId(1);
  static final DomainId TWO = new DomainId(2);
  private static final Rid NOBODY = Rid.parse("1f:1f.7");

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        movesTogether(pages),
        replaceMovesAll(pages),
        rolledBack(pages),
        rolledBackToDefault(pages),
        inUse(pages),
        detachToDefault(pages),
        detachOwned(pages),
        memberAlone(pages),
        memberOfGroupInUse(pages),
        failedReturn(pages),
        failedReturnOfMember(pages),
        withoutGroup());
  }

  private static Scene given(String clause, String name, Topology topology, Pages pages) {
    return Scene.core(clause, name, topology)
        .add(new CoreAllocateDomain(ONE, DomainType.PAGING))
        .add(new CoreAllocateDomain(TWO, DomainType.PAGING))
        .add(CoreCases.map(1, IOVA, pages.small(1), PAGE))
        .add(CoreCases.map(2, IOVA, pages.small(2), PAGE));
  }

  static Scene pair(String clause, String name, Pages pages) {
    return given(clause, name, Topology.twoDevicesInOneGroup(), pages)
        .needs(Capability.SHARED_GROUP);
  }

  static Scene alone(String clause, String name, Pages pages) {
    return given(clause, name, Topology.oneDevice(), pages);
  }

  @Clause("GRP-001")
  private static Case movesTogether(Pages pages) {
    return pair("GRP-001", "an attach moves every member", pages)
        .then()
        .add(new CoreGroupOf(SECOND))
        .succeeds()
        .add(new CoreAttachGroup(GROUP, ONE))
        .read(FIRST, IOVA)
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .add(new CoreDetachGroup(GROUP, ONE))
        .read(FIRST, IOVA)
        .faults()
        .read(SECOND, IOVA)
        .faults()
        .end();
  }

  @Clause("GRP-001")
  private static Case replaceMovesAll(Pages pages) {
    return pair("GRP-001", "a replace moves every member", pages)
        .add(new CoreAttachGroup(GROUP, ONE))
        .then()
        .add(new CoreReplaceGroup(GROUP, TWO))
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-002")
  private static Case rolledBack(Pages pages) {
    return pair("GRP-002", "a replace that fails on the second member moves none", pages)
        .needs(Capability.FAILING_ATTACH)
        .add(new CoreAttachGroup(GROUP, ONE))
        .add(new FailNextAttach(SECOND, Errno.ENOMEM))
        .then()
        .add(new CoreReplaceGroup(GROUP, TWO))
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .add(new CoreReplaceGroup(GROUP, TWO))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-002")
  private static Case rolledBackToDefault(Pages pages) {
    return pair("GRP-002", "an attach that fails on the second member moves none", pages)
        .needs(Capability.FAILING_ATTACH)
        .add(new FailNextAttach(SECOND, Errno.ENOSPC))
        .then()
        .add(new CoreAttachGroup(GROUP, ONE))
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .add(new CoreAttachGroup(GROUP, TWO))
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-003")
  private static Case inUse(Pages pages) {
    return alone("GRP-003", "a group in use is not attached again", pages)
        .add(new CoreAttachGroup(GROUP, ONE))
        .then()
        .add(new CoreAttachGroup(GROUP, TWO))
        .faults()
        .add(new CoreAttachDevice(FIRST, TWO))
        .faults()
        .add(new CoreAttachGroup(GROUP, ONE))
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-004")
  private static Case detachToDefault(Pages pages) {
    return alone("GRP-004", "a detach returns a free group to its default domain", pages)
        .add(new CoreAttachGroup(GROUP, ONE))
        .then()
        .add(new CoreDetachGroup(GROUP, ONE))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .add(new CoreUseDefault(FIRST))
        .succeeds()
        .add(new CoreUnuseDefault(FIRST))
        .add(new CoreClaimOwner(FIRST, 7))
        .succeeds()
        .end();
  }

  @Clause("GRP-005")
  private static Case detachOwned(Pages pages) {
    return alone("GRP-005", "a detach leaves an owned group blocked", pages)
        .add(new CoreClaimOwner(FIRST, 7))
        .add(new CoreAttachDevice(FIRST, ONE))
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .add(new CoreDetachDevice(FIRST, ONE))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .read(FIRST, pages.small(1))
        .faults()
        .add(new CoreAttachDevice(FIRST, TWO))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-006")
  private static Case memberAlone(Pages pages) {
    return pair("GRP-006", "a member of a larger group is not attached alone", pages)
        .then()
        .add(new CoreAttachDevice(FIRST, ONE))
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  /** That the group is in use would be EBUSY; that it has other members is looked at before. */
  @Clause("GRP-006")
  private static Case memberOfGroupInUse(Pages pages) {
    return pair("GRP-006", "a member of a larger group in use is not attached alone", pages)
        .add(new CoreAttachGroup(GROUP, ONE))
        .then()
        .add(new CoreAttachDevice(FIRST, TWO))
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  /** The claim makes the blocking domain; the driver then refuses the default one. */
  @Clause("GRP-017")
  private static Case failedReturn(Pages pages) {
    return alone("GRP-017", "a device that cannot leave a domain is blocked", pages)
        .needs(Capability.FAILING_ATTACH)
        .add(new CoreClaimOwner(FIRST, 7))
        .add(new CoreReleaseOwner(FIRST))
        .add(new CoreAttachDevice(FIRST, ONE))
        .read(FIRST, IOVA)
        .succeeds()
        .add(new FailNextAttach(FIRST, Errno.ENOMEM))
        .then()
        .add(new CoreDetachDevice(FIRST, ONE))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .add(new CoreAttachDevice(FIRST, TWO))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-017")
  private static Case failedReturnOfMember(Pages pages) {
    return pair("GRP-017", "a member that cannot leave a domain is blocked", pages)
        .needs(Capability.FAILING_ATTACH)
        .add(new CoreClaimOwner(FIRST, 7))
        .add(new CoreAttachGroup(GROUP, ONE))
        .add(new FailNextAttach(SECOND, Errno.ENOSPC))
        .then()
        .add(new CoreReleaseOwner(FIRST))
        .succeeds()
        .read(SECOND, IOVA)
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("GRP-007")
  private static Case withoutGroup() {
    return Scene.core("GRP-007", "a device without a group", Topology.oneDevice())
        .add(new CoreAllocateDomain(ONE, DomainType.PAGING))
        .then()
        .add(new CoreAttachDevice(NOBODY, ONE))
        .faults()
        .end();
  }
}
