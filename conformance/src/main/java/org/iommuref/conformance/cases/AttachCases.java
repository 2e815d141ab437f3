package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreReplaceGroup;
import org.iommuref.spec.spi.Topology;

/** Attach and replace of a device's domain. */
final class AttachCases implements CaseSet {

  private static final long IOVA = 0x10_0000L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        attachPutsInForce(pages),
        replaceEndsTheOld(pages),
        replaceByIdentity(pages),
        failedAttach(pages),
        failedFirstAttach(pages),
        blockedBlocks(pages),
        unattachedIsBlocked(pages),
        allDevicesSeeTheSame(pages),
        devicesBehindTwoUnits(pages),
        othersAreLeftAlone(pages),
        reattached(pages),
        attachedAgain(pages),
        leftByOne(pages),
        servedAnew(pages));
  }

  @Clause("ATT-001")
  private static Case attachPutsInForce(Pages pages) {
    return Scene.backend("ATT-001", "an attached domain translates")
        .paging(1)
        .paging(2)
        .map(1, IOVA, pages.small(1))
        .map(2, IOVA, pages.small(2))
        .then()
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .attach(FIRST, 2)
        .read(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA + 8)
        .succeeds()
        .end();
  }

  @Clause("ATT-002")
  private static Case replaceEndsTheOld(Pages pages) {
    return Scene.backend("ATT-002", "nothing of the old domain is left after a replace")
        .paging(1)
        .paging(2)
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + PAGE, pages.small(2))
        .map(2, IOVA, pages.small(3))
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .then()
        .attach(FIRST, 2)
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .end();
  }

  @Clause("ATT-002")
  private static Case replaceByIdentity(Pages pages) {
    return Scene.backend("ATT-002", "identity replaces paging and is replaced by it")
        .paging(1)
        .domain(2, DomainType.IDENTITY)
        .map(1, pages.small(1), pages.small(2))
        .attach(FIRST, 1)
        .read(FIRST, pages.small(1))
        .succeeds()
        .then()
        .attach(FIRST, 2)
        .read(FIRST, pages.small(1))
        .succeeds()
        .attach(FIRST, 1)
        .read(FIRST, pages.small(1))
        .succeeds()
        .read(FIRST, pages.small(3))
        .faults()
        .end();
  }

  @Clause("ATT-004")
  private static Case failedAttach(Pages pages) {
    return Scene.backend("ATT-004", "a failed replace leaves the old domain in force")
        .paging(1)
        .paging(2)
        .map(1, IOVA, pages.small(1))
        .map(2, IOVA, pages.small(2))
        .map(2, IOVA + PAGE, pages.small(3))
        .attach(FIRST, 1)
        .then()
        .attachFails(FIRST, 2, Errno.ENOMEM)
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .attach(FIRST, 2)
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("ATT-004")
  private static Case failedFirstAttach(Pages pages) {
    return Scene.backend("ATT-004", "a failed first attach leaves the device blocked")
        .paging(1)
        .map(1, IOVA, pages.small(1))
        .then()
        .attachFails(FIRST, 1, Errno.ENOSPC)
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("ATT-005")
  private static Case blockedBlocks(Pages pages) {
    return Scene.backend("ATT-005", "a blocked domain ends what was cached")
        .paging(1)
        .domain(2, DomainType.BLOCKED)
        .map(1, IOVA, pages.small(1))
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .attach(FIRST, 2)
        .read(FIRST, IOVA)
        .faults()
        .write(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("ATT-005")
  private static Case unattachedIsBlocked(Pages pages) {
    return Scene.backend("ATT-005", "a probed device without a domain is blocked")
        .paging(1)
        .map(1, IOVA, pages.small(1))
        .then()
        .read(FIRST, IOVA)
        .faults()
        .read(FIRST, pages.small(1))
        .faults()
        .end();
  }

  private static Scene bothOn(String name, Topology topology, Pages pages) {
    return Scene.backend("ATT-006", name, topology)
        .paging(1)
        .attach(FIRST, 1)
        .attach(SECOND, 1)
        .then()
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .map(1, IOVA + PAGE, pages.small(2))
        .read(SECOND, IOVA + PAGE)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .succeeds();
  }

  @Clause("ATT-006")
  private static Case allDevicesSeeTheSame(Pages pages) {
    return bothOn("two devices of a domain see the same", Topology.twoDevices(), pages).end();
  }

  @Clause("ATT-006")
  private static Case devicesBehindTwoUnits(Pages pages) {
    return bothOn("devices behind two units see the same", Topology.twoUnits(), pages).end();
  }

  @Clause("ATT-007")
  private static Case othersAreLeftAlone(Pages pages) {
    return Scene.backend("ATT-007", "an attach leaves the other device", Topology.twoDevices())
        .paging(1)
        .paging(2)
        .domain(3, DomainType.BLOCKED)
        .map(1, IOVA, pages.small(1))
        .map(2, IOVA, pages.small(2))
        .attach(FIRST, 1)
        .then()
        .attach(SECOND, 2)
        .read(FIRST, IOVA)
        .succeeds()
        .attach(SECOND, 1)
        .attach(SECOND, 3)
        .read(FIRST, IOVA)
        .succeeds()
        .read(SECOND, IOVA)
        .faults()
        .end();
  }

  @Clause("ATT-008")
  private static Case reattached(Pages pages) {
    return Scene.backend("ATT-008", "a domain translates after it was left and taken again")
        .paging(1)
        .paging(2)
        .map(1, IOVA, pages.small(1))
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .attach(FIRST, 2)
        .then()
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("ATT-010")
  private static Case attachedAgain(Pages pages) {
    return Scene.core("ATT-010", "a replace by the domain in force", Topology.oneDevice())
        .add(new CoreAllocateDomain(new DomainId(1), DomainType.PAGING))
        .add(CoreCases.map(1, IOVA, pages.small(1), PAGE))
        .add(new CoreAttachGroup(new GroupId(0), new DomainId(1)))
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .add(new CoreReplaceGroup(new GroupId(0), new DomainId(1)))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("ATT-011")
  private static Case leftByOne(Pages pages) {
    return Scene.backend("ATT-011", "a domain that one device left", Topology.twoDevices())
        .paging(1)
        .domain(2, DomainType.BLOCKED)
        .attach(FIRST, 1)
        .attach(SECOND, 1)
        .map(1, IOVA, pages.small(1))
        .read(SECOND, IOVA)
        .succeeds()
        .then()
        .attach(FIRST, 2)
        .read(SECOND, IOVA)
        .succeeds()
        .map(1, IOVA + PAGE, pages.small(2))
        .read(SECOND, IOVA + PAGE)
        .succeeds()
        .unmap(1, IOVA)
        .sync(1)
        .read(SECOND, IOVA)
        .faults()
        .unmap(1, IOVA + PAGE)
        .sync(1)
        .read(SECOND, IOVA + PAGE)
        .faults()
        .end();
  }

  /** Domain 3 takes the pages of tables that the release has given back. */
  @Clause("ATT-012")
  private static Case servedAnew(Pages pages) {
    return Scene.backend("ATT-012", "a device that is released and probed anew")
        .paging(1)
        .paging(2)
        .paging(3)
        .map(1, IOVA, pages.small(1))
        .map(2, IOVA, pages.small(2))
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .release(FIRST)
        .map(3, IOVA, pages.small(3))
        .then()
        .read(FIRST, IOVA)
        .faults()
        .probe(FIRST)
        .attach(FIRST, 2)
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }
}
