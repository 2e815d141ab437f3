package org.iommuref.model.oracle;

import static org.iommuref.model.oracle.Dialogue.assertAllowed;
import static org.iommuref.model.oracle.Dialogue.assertRefused;
import static org.iommuref.spec.spi.Topology.FIRST;
import static org.iommuref.spec.spi.Topology.SECOND;

import java.util.List;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.operation.CoreDetachGroup;
import org.iommuref.spec.operation.CoreFreeDomain;
import org.iommuref.spec.operation.CoreMap;
import org.iommuref.spec.operation.CoreReleaseOwner;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

/** Returns to a domain of the core that a driver refuses. GRP-017. */
class FailedReturnTest {

  private static final DomainId ONE = new DomainId(1);
  private static final DomainId TWO = new DomainId(2);
  private static final GroupId GROUP = new GroupId(0);
  private static final long IOVA = 0x40_0000;
  private static final long A = 0x100_0000;
  private static final long B = 0x200_0000;

  private static Dialogue given(Topology topology) {
    return Dialogue.withCore(topology)
        .succeeds(new CoreAllocateDomain(ONE, DomainType.PAGING))
        .succeeds(new CoreAllocateDomain(TWO, DomainType.PAGING))
        .succeeds(map(ONE, A))
        .succeeds(map(TWO, B));
  }

  /** A group whose blocking domain was made by a claim that is over. */
  private static Dialogue claimedOnce(Topology topology) {
    return given(topology)
        .succeeds(new CoreClaimOwner(FIRST, 7))
        .succeeds(new CoreReleaseOwner(FIRST));
  }

  private static Dialogue failsToLeave(Dialogue core, Rid... devices) {
    core.succeeds(new CoreAttachGroup(GROUP, ONE));
    for (Rid device : devices) {
      core.succeeds(new FailNextAttach(device, Errno.ENOMEM));
    }
    return core.succeeds(new CoreDetachGroup(GROUP, ONE));
  }

  private static CoreMap map(DomainId domain, long paddr) {
    return new CoreMap(domain, new Iova(IOVA), new PhysAddr(paddr), 0x1000, Prot.READ_WRITE);
  }

  private static DeviceAccess read(Rid device) {
    return DeviceAccess.read(device, new Iova(IOVA));
  }

  @Test
  void detach_refusedWithBlockingDomainMade_isBlocked() {
    Dialogue core = failsToLeave(claimedOnce(Topology.oneDevice()), FIRST);
    assertAllowed(core.refused(read(FIRST)), Branch.MUST_FAULT);
    assertRefused(core.reaches(read(FIRST), A), Clauses.GRP_017);
  }

  @Test
  void detach_refusedWithoutBlockingDomain_isBlockedOrWhereItWas() {
    Dialogue core = failsToLeave(given(Topology.oneDevice()), FIRST);
    assertAllowed(core.reaches(read(FIRST), A), Branch.MAY);
    assertAllowed(core.refused(read(FIRST)), Branch.MAY);
    assertRefused(core.reaches(read(FIRST), B), Clauses.DOM_006);
  }

  @Test
  void detach_ofOwnedGroupRefused_isBlockedOrWhereItWas() {
    Dialogue core = failsToLeave(given(Topology.oneDevice()).succeeds(claim(7)), FIRST);
    assertAllowed(core.reaches(read(FIRST), A), Branch.MAY);
    assertAllowed(core.refused(read(FIRST)), Branch.MAY);
  }

  @Test
  void release_refused_isBlocked() {
    Dialogue core =
        given(Topology.oneDevice())
            .succeeds(claim(7))
            .succeeds(new CoreAttachGroup(GROUP, ONE))
            .succeeds(new FailNextAttach(FIRST, Errno.ENOMEM))
            .succeeds(new CoreReleaseOwner(FIRST));
    assertRefused(core.reaches(read(FIRST), A), Clauses.GRP_017);
  }

  @Test
  void detach_twoMembersRefused_usesUpBothFailures() {
    Dialogue core = failsToLeave(claimedOnce(Topology.twoDevicesInOneGroup()), FIRST, SECOND);
    core.succeeds(new CoreAttachGroup(GROUP, TWO));
    assertAllowed(core.reaches(read(FIRST), B), Branch.MUST_SUCCEED);
    assertAllowed(core.reaches(read(SECOND), B), Branch.MUST_SUCCEED);
  }

  @Test
  void detach_oneMemberRefused_movesTheOther() {
    Dialogue core = failsToLeave(given(Topology.twoDevicesInOneGroup()), FIRST);
    assertAllowed(core.refused(read(SECOND)), Branch.MUST_FAULT);
    assertRefused(core.reaches(read(SECOND), A), Clauses.ATT_002);
  }

  @Test
  void detach_ofGroupInItsDefaultDomain_attachesNothingAndKeepsTheFailure() {
    Dialogue core =
        given(Topology.oneDevice())
            .succeeds(new FailNextAttach(FIRST, Errno.ENOMEM))
            .succeeds(new CoreDetachGroup(GROUP, ONE))
            .fails(new CoreAttachGroup(GROUP, ONE), Errno.ENOMEM);
    core.succeeds(new CoreAttachGroup(GROUP, ONE));
  }

  @Test
  void attach_failsOnALaterMember_putsTheEarlierOnTheGroupsDomain() {
    Dialogue core =
        failsToLeave(given(Topology.twoDevicesInOneGroup()), FIRST)
            .succeeds(new FailNextAttach(SECOND, Errno.ENOMEM))
            .fails(new CoreAttachGroup(GROUP, TWO), Errno.ENOMEM);
    assertAllowed(core.refused(read(FIRST)), Branch.MUST_FAULT);
    assertRefused(core.reaches(read(FIRST), A), Clauses.ATT_002);
  }

  @Test
  void attach_twoMembersFail_usesUpTheFirstFailureAlone() {
    given(Topology.twoDevicesInOneGroup())
        .succeeds(new FailNextAttach(FIRST, Errno.ENOMEM))
        .succeeds(new FailNextAttach(SECOND, Errno.ENOSPC))
        .fails(new CoreAttachGroup(GROUP, ONE), Errno.ENOMEM)
        .fails(new CoreAttachGroup(GROUP, ONE), Errno.ENOSPC)
        .succeeds(new CoreAttachGroup(GROUP, ONE));
  }

  @Test
  void free_ofADomainThatMayBeLeft_succeedsOrIsBusy() {
    Dialogue core = failsToLeave(given(Topology.oneDevice()), FIRST);
    assertAllowed(core.judge(free(), new Reply.Err<>(Errno.EBUSY, null)), Branch.MAY);
    assertRefused(core.judge(free(), new Reply.Err<>(Errno.EINVAL, null)), Clauses.DOM_004);
    assertAllowed(core.judge(free(), Reply.ok(Done.DONE)), Branch.MAY);
    assertAllowed(core.refused(read(FIRST)), Branch.MUST_FAULT);
    assertRefused(core.reaches(read(FIRST), A), Clauses.GRP_017);
  }

  @Test
  void fault_behindAFailedReturn_mayBeRecordedWithAnyReason() {
    Dialogue core = failsToLeave(given(Topology.oneDevice()), FIRST);
    core.refused(read(FIRST));
    assertAllowed(core.recorded(new FaultLog(List.of(), false)), Branch.MUST_SUCCEED);
    core.refused(read(FIRST));
    FaultRecord record = new FaultRecord(FIRST, null, new Iova(IOVA), false, 0x7);
    assertAllowed(core.recorded(new FaultLog(List.of(record), false)), Branch.MUST_SUCCEED);
  }

  private static CoreFreeDomain free() {
    return new CoreFreeDomain(ONE);
  }

  private static CoreClaimOwner claim(int owner) {
    return new CoreClaimOwner(FIRST, owner);
  }
}
