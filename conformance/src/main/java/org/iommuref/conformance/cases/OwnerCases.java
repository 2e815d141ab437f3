package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.GroupCases.GROUP;
import static org.iommuref.conformance.cases.GroupCases.IOVA;
import static org.iommuref.conformance.cases.GroupCases.ONE;
import static org.iommuref.conformance.cases.GroupCases.alone;
import static org.iommuref.conformance.cases.GroupCases.pair;
import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.operation.CoreReleaseOwner;
import org.iommuref.spec.operation.CoreUnuseDefault;
import org.iommuref.spec.operation.CoreUseDefault;
import org.iommuref.spec.spi.Topology;

/** Who may make the devices of a group do DMA: kernel drivers, or one owner. */
final class OwnerCases implements CaseSet {

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        otherOwner(pages),
        claimAgain(pages),
        claimOfForeignDomain(pages),
        claimedIsBlocked(pages),
        lastRelease(pages),
        releaseLeavesClaims(pages),
        kernelDriverRefused(),
        userRefused(),
        claimWithoutOwner());
  }

  @Clause("GRP-009")
  private static Case otherOwner(Pages pages) {
    return alone("GRP-009", "a claimed group has one owner", pages)
        .add(new CoreClaimOwner(FIRST, 7))
        .then()
        .add(new CoreClaimOwner(FIRST, 8))
        .faults()
        .end();
  }

  @Clause("GRP-010")
  private static Case claimAgain(Pages pages) {
    return alone("GRP-010", "an owner can claim again, also with a domain attached", pages)
        .add(new CoreClaimOwner(FIRST, 7))
        .add(new CoreAttachDevice(FIRST, ONE))
        .then()
        .add(new CoreClaimOwner(FIRST, 7))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-011")
  private static Case claimOfForeignDomain(Pages pages) {
    return alone("GRP-011", "a group on a foreign domain cannot be claimed", pages)
        .add(new CoreAttachGroup(GROUP, ONE))
        .then()
        .add(new CoreClaimOwner(FIRST, 7))
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  /** A domain that passes addresses through would be as bad as the default one, which is empty. */
  @Clause("GRP-012")
  private static Case claimedIsBlocked(Pages pages) {
    return pair("GRP-012", "a claimed group is blocked until its owner attaches", pages)
        .then()
        .add(new CoreClaimOwner(FIRST, 7))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .read(SECOND, pages.small(1))
        .faults()
        .add(new CoreAttachGroup(GROUP, ONE))
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-013")
  private static Case lastRelease(Pages pages) {
    return alone("GRP-013", "the last release returns the group", pages)
        .add(new CoreClaimOwner(FIRST, 7))
        .add(new CoreAttachDevice(FIRST, ONE))
        .then()
        .add(new CoreReleaseOwner(FIRST))
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .add(new CoreUseDefault(FIRST))
        .succeeds()
        .end();
  }

  @Clause("GRP-019")
  private static Case releaseLeavesClaims(Pages pages) {
    return alone("GRP-019", "a release that leaves claims changes nothing else", pages)
        .add(new CoreClaimOwner(FIRST, 7))
        .add(new CoreClaimOwner(FIRST, 7))
        .add(new CoreAttachDevice(FIRST, ONE))
        .then()
        .add(new CoreReleaseOwner(FIRST))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .add(new CoreClaimOwner(FIRST, 8))
        .faults()
        .add(new CoreUseDefault(FIRST))
        .faults()
        .end();
  }

  @Clause("GRP-014")
  private static Case kernelDriverRefused() {
    return Scene.core("GRP-014", "an owned group is refused to drivers", Topology.oneDevice())
        .add(new CoreClaimOwner(FIRST, 7))
        .then()
        .add(new CoreUseDefault(FIRST))
        .faults()
        .add(new CoreReleaseOwner(FIRST))
        .add(new CoreUseDefault(FIRST))
        .succeeds()
        .end();
  }

  @Clause("GRP-015")
  private static Case userRefused() {
    return Scene.core("GRP-015", "a driver's group is refused to users", Topology.oneDevice())
        .add(new CoreUseDefault(FIRST))
        .then()
        .add(new CoreClaimOwner(FIRST, 7))
        .faults()
        .add(new CoreUseDefault(FIRST))
        .succeeds()
        .add(new CoreUnuseDefault(FIRST))
        .add(new CoreClaimOwner(FIRST, 7))
        .faults()
        .add(new CoreUnuseDefault(FIRST))
        .add(new CoreClaimOwner(FIRST, 7))
        .succeeds()
        .end();
  }

  @Clause("GRP-018")
  private static Case claimWithoutOwner() {
    return Scene.core("GRP-018", "a claim names its owner", Topology.oneDevice())
        .then()
        .add(new CoreClaimOwner(FIRST, 0))
        .faults()
        .add(new CoreUseDefault(FIRST))
        .succeeds()
        .end();
  }
}
