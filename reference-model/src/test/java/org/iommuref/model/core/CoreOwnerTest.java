package org.iommuref.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.model.core.CoreBed.D1;
import static org.iommuref.model.core.CoreBed.D2;
import static org.iommuref.model.core.CoreBed.G0;
import static org.iommuref.model.core.CoreBed.NOBODY;
import static org.iommuref.model.core.CoreBed.P5;
import static org.iommuref.spec.spi.Topology.FIRST;
import static org.iommuref.spec.spi.Topology.SECOND;

import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

class CoreOwnerTest {

  private final CoreBed bed = new CoreBed(Topology.twoDevicesInOneGroup()).withDomains();
  private final Core core = bed.core;

  @Test
  void claim_badArguments_isRefusedInOrder() {
    assertThat(core.claimOwner(NOBODY, 0).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.claimOwner(NOBODY, 7).errno()).isEqualTo(Errno.ENODEV);
  }

  @Test
  void claim_ownedByOther_isEpermEvenInAForeignDomain() {
    core.claimOwner(FIRST, 7);
    core.attachGroup(G0, D1);
    assertThat(core.claimOwner(SECOND, 8).errno()).isEqualTo(Errno.EPERM);
  }

  @Test
  void claim_sameOwnerInAForeignDomain_isCountedUnchecked() {
    core.claimOwner(FIRST, 7);
    core.attachGroup(G0, D1);
    assertThat(core.claimOwner(SECOND, 7).isOk()).isTrue();
    assertThat(bed.domainSeenBy(FIRST)).isEqualTo(1);
  }

  @Test
  void claim_foreignDomainOrPasidSet_isEbusy() {
    core.attachGroup(G0, D1);
    assertThat(core.claimOwner(FIRST, 7).errno()).isEqualTo(Errno.EBUSY);
    core.detachGroup(G0, D1);
    core.attachPasid(FIRST, P5, D1);
    assertThat(core.claimOwner(FIRST, 7).errno()).isEqualTo(Errno.EBUSY);
    core.detachPasid(FIRST, P5, D1);
    assertThat(core.claimOwner(FIRST, 7).isOk()).isTrue();
  }

  @Test
  void claim_kernelDriverBound_isEpermUntilItIsUnbound() {
    core.useDefaultDomain(FIRST);
    assertThat(core.claimOwner(SECOND, 7).errno()).isEqualTo(Errno.EPERM);
    core.unuseDefaultDomain(FIRST);
    assertThat(core.claimOwner(SECOND, 7).isOk()).isTrue();
  }

  @Test
  void claim_firstOfAll_blocksEveryDeviceInADomainMadeForIt() {
    assertThat(core.claimOwner(FIRST, 7).isOk()).isTrue();
    assertThat(bed.calls)
        .containsExactly(
            "allocate BLOCKED", "attach 01:00.0 -2 from -1", "attach 02:00.0 -2 from -1");
    core.releaseOwner(FIRST);
    bed.calls.clear();
    core.claimOwner(FIRST, 8);
    assertThat(bed.calls).doesNotContain("allocate BLOCKED");
  }

  @Test
  void claim_blockingFails_leavesNoOwner() {
    bed.driver.failNextAttach(SECOND, Errno.ENOMEM);
    assertThat(core.claimOwner(FIRST, 7).errno()).isEqualTo(Errno.ENOMEM);
    assertThat(core.useDefaultDomain(FIRST).isOk()).isTrue();
  }

  @Test
  void release_lastOfSeveral_returnsTheGroupFromWhateverDomain() {
    core.claimOwner(FIRST, 7);
    core.claimOwner(SECOND, 7);
    core.attachGroup(G0, D1);
    core.releaseOwner(FIRST);
    assertThat(bed.domainSeenBy(FIRST)).isEqualTo(1);
    assertThat(core.claimOwner(FIRST, 8).errno()).isEqualTo(Errno.EPERM);
    core.releaseOwner(SECOND);
    assertThat(bed.domainSeenBy(FIRST)).isZero();
    assertThat(core.claimOwner(FIRST, 8).isOk()).isTrue();
  }

  @Test
  void release_notOwnedOrPasidSet_changesNothing() {
    assertThat(core.releaseOwner(FIRST).isOk()).isTrue();
    assertThat(core.releaseOwner(NOBODY).isOk()).isTrue();
    core.useDefaultDomain(FIRST);
    core.releaseOwner(FIRST);
    assertThat(core.claimOwner(FIRST, 7).errno()).isEqualTo(Errno.EPERM);
    core.unuseDefaultDomain(FIRST);
    core.claimOwner(FIRST, 7);
    core.attachPasid(FIRST, P5, D1);
    core.releaseOwner(FIRST);
    assertThat(core.claimOwner(FIRST, 8).errno()).isEqualTo(Errno.EPERM);
  }

  @Test
  void useDefault_ownedOrMovedOrPasidSet_isEbusy() {
    core.claimOwner(FIRST, 7);
    assertThat(core.useDefaultDomain(SECOND).errno()).isEqualTo(Errno.EBUSY);
    core.releaseOwner(FIRST);
    assertThat(core.useDefaultDomain(SECOND).isOk()).isTrue();
    core.attachGroup(G0, D2);
    assertThat(core.useDefaultDomain(FIRST).errno()).isEqualTo(Errno.EBUSY);
    core.detachGroup(G0, D2);
    assertThat(core.useDefaultDomain(FIRST).isOk()).isTrue();
    core.attachPasid(FIRST, P5, D1);
    assertThat(core.useDefaultDomain(FIRST).errno()).isEqualTo(Errno.EBUSY);
  }

  @Test
  void useDefault_nobodyCountsYet_isNotCheckedForItsDomain() {
    core.attachGroup(G0, D1);
    assertThat(core.useDefaultDomain(FIRST).isOk()).isTrue();
  }

  @Test
  void useDefault_deviceWithoutGroup_succeeds() {
    assertThat(core.useDefaultDomain(NOBODY).isOk()).isTrue();
    assertThat(core.unuseDefaultDomain(NOBODY).isOk()).isTrue();
  }

  @Test
  void unuseDefault_neverUsedOrPasidSet_changesNothing() {
    core.unuseDefaultDomain(FIRST);
    assertThat(core.claimOwner(FIRST, 7).isOk()).isTrue();
    core.releaseOwner(FIRST);
    core.useDefaultDomain(FIRST);
    core.attachPasid(FIRST, P5, D1);
    core.unuseDefaultDomain(FIRST);
    core.detachPasid(FIRST, P5, D1);
    assertThat(core.claimOwner(FIRST, 7).errno()).isEqualTo(Errno.EPERM);
  }
}
