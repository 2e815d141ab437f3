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

import org.iommuref.model.TestEnvironment;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

class CorePasidTest {

  private static final Pasid NONE = new Pasid(0);
  private static final Pasid TOO_LARGE = new Pasid(1024);

  private final CoreBed bed = new CoreBed(Topology.twoDevicesInOneGroup()).withDomains();
  private final Core core = bed.core;

  private static CoreBed withoutPasids() {
    return new CoreBed(
            TestEnvironment.of(Topology.oneDevice()),
            CoreParts.LINUX,
            driver -> driver.withPasids = false)
        .withDomains();
  }

  @Test
  void attachPasid_badArguments_isRefusedInOrder() {
    Core plain = withoutPasids().core;
    assertThat(plain.attachPasid(NOBODY, NONE, UNKNOWN).errno()).isEqualTo(Errno.ENODEV);
    assertThat(plain.attachPasid(FIRST, NONE, UNKNOWN).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(core.attachPasid(FIRST, P5, UNKNOWN).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.attachPasid(FIRST, NONE, D1).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.attachPasid(FIRST, TOO_LARGE, D1).errno()).isEqualTo(Errno.EINVAL);
    core.attachPasid(FIRST, P5, D1);
    assertThat(core.attachPasid(SECOND, P5, UNKNOWN).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.attachPasid(SECOND, P5, D2).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.domainSeenBy(FIRST, P5)).isEqualTo(1);
  }

  @Test
  void attachPasid_group_setsEveryDevice() {
    assertThat(core.attachPasid(FIRST, P5, D1).isOk()).isTrue();
    assertThat(bed.calls)
        .containsExactly("set 01:00.0 pasid 5 1 from -", "set 02:00.0 pasid 5 1 from -");
    assertThat(bed.domainSeenBy(SECOND, P5)).isEqualTo(1);
    assertThat(bed.domainSeenBy(SECOND)).isZero();
  }

  @Test
  void attachPasid_secondDeviceFails_isUnsetEverywhere() {
    bed.driver.failNextAttach(SECOND, Errno.ENOMEM);
    assertThat(core.attachPasid(FIRST, P5, D1).errno()).isEqualTo(Errno.ENOMEM);
    assertThat(bed.calls).last().isEqualTo("remove 01:00.0 pasid 5 from 1");
    assertThat(bed.domainSeenBy(FIRST, P5)).isZero();
    assertThat(core.attachPasid(FIRST, P5, D2).isOk()).isTrue();
  }

  @Test
  void replacePasid_badArguments_isRefusedInOrder() {
    Core plain = withoutPasids().core;
    assertThat(plain.replacePasid(NOBODY, NONE, UNKNOWN).errno()).isEqualTo(Errno.ENODEV);
    assertThat(plain.replacePasid(FIRST, NONE, UNKNOWN).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(core.replacePasid(FIRST, P5, UNKNOWN).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.replacePasid(FIRST, NONE, D1).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.replacePasid(FIRST, TOO_LARGE, D1).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.replacePasid(FIRST, P5, D1).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.calls).isEmpty();
  }

  @Test
  void replacePasid_set_movesEveryDeviceFromTheOldDomain() {
    core.attachPasid(FIRST, P5, D1);
    bed.calls.clear();
    assertThat(core.replacePasid(SECOND, P5, D2).isOk()).isTrue();
    assertThat(bed.calls)
        .containsExactly("set 01:00.0 pasid 5 2 from 1", "set 02:00.0 pasid 5 2 from 1");
    assertThat(bed.domainSeenBy(FIRST, P5)).isEqualTo(2);
    assertThat(core.freeDomain(D1).isOk()).isTrue();
  }

  @Test
  void replacePasid_sameDomain_callsNoDriver() {
    core.attachPasid(FIRST, P5, D1);
    bed.calls.clear();
    assertThat(core.replacePasid(FIRST, P5, D1).isOk()).isTrue();
    assertThat(bed.calls).isEmpty();
  }

  @Test
  void replacePasid_secondDeviceFails_oldDomainStaysEverywhere() {
    core.attachPasid(FIRST, P5, D1);
    bed.driver.failNextAttach(SECOND, Errno.ENOSPC);
    assertThat(core.replacePasid(FIRST, P5, D2).errno()).isEqualTo(Errno.ENOSPC);
    assertThat(bed.calls).last().isEqualTo("set 01:00.0 pasid 5 1 from 2");
    assertThat(bed.domainSeenBy(FIRST, P5)).isEqualTo(1);
    assertThat(bed.domainSeenBy(SECOND, P5)).isEqualTo(1);
  }

  @Test
  void detachPasid_set_blocksEveryDeviceAndFreesTheNumber() {
    core.attachPasid(FIRST, P5, D1);
    bed.calls.clear();
    assertThat(core.detachPasid(SECOND, P5, D1).isOk()).isTrue();
    assertThat(bed.calls)
        .containsExactly("remove 01:00.0 pasid 5 from 1", "remove 02:00.0 pasid 5 from 1");
    assertThat(core.attachPasid(FIRST, P5, D2).isOk()).isTrue();
  }

  @Test
  void detachPasid_notSet_doesNothing() {
    assertThat(core.detachPasid(FIRST, P5, D1).isOk()).isTrue();
    assertThat(core.detachPasid(NOBODY, P5, D1).isOk()).isTrue();
    assertThat(bed.calls).isEmpty();
  }

  @Test
  void changeOfRidDomain_pasidSet_leavesThePasid() {
    core.attachPasid(FIRST, P5, D1);
    core.attachGroup(G0, D2);
    core.detachGroup(G0, D2);
    assertThat(bed.domainSeenBy(FIRST, P5)).isEqualTo(1);
  }
}
