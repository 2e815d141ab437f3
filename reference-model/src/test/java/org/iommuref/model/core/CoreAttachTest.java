package org.iommuref.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.model.core.CoreBed.D1;
import static org.iommuref.model.core.CoreBed.D2;
import static org.iommuref.model.core.CoreBed.G0;
import static org.iommuref.model.core.CoreBed.NOBODY;
import static org.iommuref.model.core.CoreBed.P5;
import static org.iommuref.model.core.CoreBed.UNKNOWN;
import static org.iommuref.spec.spi.Topology.FIRST;
import static org.iommuref.spec.spi.Topology.SECOND;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

class CoreAttachTest {

  private static CoreBed alone() {
    return new CoreBed(Topology.oneDevice()).withDomains();
  }

  private static CoreBed pair() {
    return new CoreBed(Topology.twoDevicesInOneGroup()).withDomains();
  }

  @Test
  void groupOf_deviceOfTheTopology_isItsGroup() {
    CoreBed bed = new CoreBed(Topology.twoDevices());
    assertThat(bed.core.groupOf(SECOND).value()).isEqualTo(new GroupId(1));
    assertThat(bed.core.groupOf(NOBODY).errno()).isEqualTo(Errno.ENODEV);
  }

  @Test
  void attachDevice_deviceWithoutGroup_isEnodevBeforeAllElse() {
    assertThat(alone().core.attachDevice(NOBODY, UNKNOWN).errno()).isEqualTo(Errno.ENODEV);
  }

  @Test
  void attachDevice_severalDevices_isEinvalBeforeEbusy() {
    CoreBed bed = pair();
    bed.core.attachGroup(G0, D1);
    assertThat(bed.core.attachDevice(FIRST, D2).errno()).isEqualTo(Errno.EINVAL);
  }

  @Test
  void attachDevice_groupInUsersDomain_isEbusyBeforeForeignDomain() {
    CoreBed bed = alone();
    bed.core.attachDevice(FIRST, D1);
    assertThat(bed.core.attachDevice(FIRST, UNKNOWN).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.core.attachDevice(FIRST, D1).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.domainSeenBy(FIRST)).isEqualTo(1);
  }

  @Test
  void attachDevice_foreignDomain_isEinval() {
    assertThat(alone().core.attachDevice(FIRST, UNKNOWN).errno()).isEqualTo(Errno.EINVAL);
  }

  @Test
  void attachGroup_badArguments_isRefusedInOrder() {
    CoreBed bed = alone();
    assertThat(bed.core.attachGroup(new GroupId(7), UNKNOWN).errno()).isEqualTo(Errno.ENODEV);
    assertThat(bed.core.attachGroup(G0, UNKNOWN).errno()).isEqualTo(Errno.EINVAL);
    bed.core.attachGroup(G0, D1);
    assertThat(bed.core.attachGroup(G0, UNKNOWN).errno()).isEqualTo(Errno.EBUSY);
  }

  @Test
  void attachGroup_severalDevices_movesAllInTheirOrder() {
    CoreBed bed = pair();
    assertThat(bed.core.attachGroup(G0, D1).isOk()).isTrue();
    assertThat(bed.calls).containsExactly("attach 01:00.0 1 from -1", "attach 02:00.0 1 from -1");
    assertThat(bed.domainSeenBy(FIRST)).isEqualTo(1);
    assertThat(bed.domainSeenBy(SECOND)).isEqualTo(1);
  }

  @Test
  void attachGroup_secondDeviceFails_firstIsSetBackAndErrorKept() {
    CoreBed bed = pair();
    bed.driver.failNextAttach(SECOND, Errno.ENOSPC);
    assertThat(bed.core.attachGroup(G0, D1).errno()).isEqualTo(Errno.ENOSPC);
    assertThat(bed.calls)
        .containsExactly(
            "attach 01:00.0 1 from -1", "attach 02:00.0 1 from -1", "attach 01:00.0 -1 from 1");
    assertThat(bed.domainSeenBy(FIRST)).isZero();
    assertThat(bed.core.attachGroup(G0, D2).isOk()).isTrue();
  }

  @Test
  void replaceGroup_secondDeviceFails_bothStayInTheOldDomain() {
    CoreBed bed = pair();
    bed.core.attachGroup(G0, D1);
    bed.driver.failNextAttach(SECOND, Errno.ENOMEM);
    assertThat(bed.core.replaceGroup(G0, D2).errno()).isEqualTo(Errno.ENOMEM);
    assertThat(bed.domainSeenBy(FIRST)).isEqualTo(1);
    assertThat(bed.domainSeenBy(SECOND)).isEqualTo(1);
    assertThat(bed.core.replaceGroup(G0, D2).isOk()).isTrue();
    assertThat(bed.domainSeenBy(SECOND)).isEqualTo(2);
  }

  @Test
  void replaceGroup_badArguments_isRefusedInOrder() {
    CoreBed bed = alone();
    assertThat(bed.core.replaceGroup(new GroupId(7), UNKNOWN).errno()).isEqualTo(Errno.ENODEV);
    assertThat(bed.core.replaceGroup(G0, UNKNOWN).errno()).isEqualTo(Errno.EINVAL);
  }

  @Test
  void replaceGroup_fromUsersDomain_givesTheOldDomainToTheDriver() {
    CoreBed bed = alone();
    bed.core.attachGroup(G0, D1);
    bed.calls.clear();
    assertThat(bed.core.replaceGroup(G0, D2).isOk()).isTrue();
    assertThat(bed.calls).containsExactly("attach 01:00.0 2 from 1");
  }

  @Test
  void replaceGroup_sameDomain_callsNoDriver() {
    CoreBed bed = alone();
    bed.core.attachGroup(G0, D1);
    bed.calls.clear();
    assertThat(bed.core.replaceGroup(G0, D1).isOk()).isTrue();
    assertThat(bed.calls).isEmpty();
  }

  @Test
  void detachGroup_nobodyOwnsIt_returnsToTheDefaultDomain() {
    CoreBed bed = alone();
    bed.core.attachGroup(G0, D1);
    bed.calls.clear();
    assertThat(bed.core.detachGroup(G0, D2).isOk()).isTrue();
    assertThat(bed.calls).containsExactly("attach 01:00.0 -1 from 1");
    assertThat(bed.core.detachGroup(new GroupId(7), D1).isOk()).isTrue();
  }

  @Test
  void detachGroup_owned_returnsToTheBlockingDomain() {
    CoreBed bed = alone();
    bed.core.claimOwner(FIRST, 7);
    bed.core.attachGroup(G0, D1);
    bed.calls.clear();
    bed.core.detachGroup(G0, D1);
    assertThat(bed.calls).containsExactly("attach 01:00.0 -2 from 1");
  }

  @Test
  void detachDevice_otherDomainOrLargerGroup_doesNothing() {
    CoreBed one = alone();
    one.core.attachGroup(G0, D1);
    assertThat(one.core.detachDevice(FIRST, D2).isOk()).isTrue();
    assertThat(one.domainSeenBy(FIRST)).isEqualTo(1);
    assertThat(one.core.detachDevice(NOBODY, D1).isOk()).isTrue();
    CoreBed two = pair();
    two.core.attachGroup(G0, D1);
    two.core.detachDevice(FIRST, D1);
    assertThat(two.domainSeenBy(FIRST)).isEqualTo(1);
  }

  @Test
  void detachDevice_itsDomain_returnsToTheDefaultDomain() {
    CoreBed bed = alone();
    bed.core.attachGroup(G0, D1);
    bed.core.detachDevice(FIRST, D1);
    assertThat(bed.domainSeenBy(FIRST)).isZero();
    assertThat(bed.core.attachDevice(FIRST, D2).isOk()).isTrue();
  }

  @Test
  void detachGroup_driverFailsWithBlockingDomainMade_deviceIsBlocked() {
    CoreBed bed = alone();
    bed.core.claimOwner(FIRST, 7);
    bed.core.releaseOwner(FIRST);
    bed.core.attachGroup(G0, D1);
    bed.driver.failNextAttach(FIRST, Errno.ENOMEM);
    bed.calls.clear();
    assertThat(bed.core.detachGroup(G0, D1).isOk()).isTrue();
    assertThat(bed.calls).containsExactly("attach 01:00.0 -1 from 1", "attach 01:00.0 -2 from 1");
    assertThat(bed.domainSeenBy(FIRST)).isZero();
  }

  @Test
  void detachGroup_driverFailsWithoutBlockingDomain_deviceStaysWhereTheDriverLeftIt() {
    CoreBed bed = pair();
    bed.core.attachGroup(G0, D1);
    bed.driver.failNextAttach(FIRST, Errno.ENOMEM);
    bed.core.detachGroup(G0, D1);
    assertThat(bed.domainSeenBy(FIRST)).isEqualTo(1);
    assertThat(bed.domainSeenBy(SECOND)).isZero();
    assertThat(bed.core.attachGroup(G0, D2).isOk()).isTrue();
  }

  @Test
  void freeDomain_attachedOrUnknown_isRefused() {
    CoreBed bed = alone();
    assertThat(bed.core.freeDomain(UNKNOWN).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.core.freeDomain(new DomainId(-1)).errno()).isEqualTo(Errno.EINVAL);
    bed.core.attachGroup(G0, D1);
    bed.core.attachPasid(FIRST, P5, D2);
    assertThat(bed.core.freeDomain(D1).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.core.freeDomain(D2).errno()).isEqualTo(Errno.EBUSY);
    bed.core.detachGroup(G0, D1);
    assertThat(bed.core.freeDomain(D1).isOk()).isTrue();
    assertThat(bed.core.attachGroup(G0, D1).errno()).isEqualTo(Errno.EINVAL);
  }

  @Test
  void allocateDomain_nameInUseOrOfTheCore_isRefused() {
    CoreBed bed = alone();
    assertThat(bed.core.allocateDomain(D1, DomainType.PAGING).errno()).isEqualTo(Errno.EEXIST);
    assertThat(bed.core.allocateDomain(new DomainId(-5), DomainType.PAGING).errno())
        .isEqualTo(Errno.EINVAL);
  }
}
