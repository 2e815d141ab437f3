package org.iommuref.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.model.core.CoreBed.D1;
import static org.iommuref.model.core.CoreBed.G0;
import static org.iommuref.model.core.CoreBed.IOVA;
import static org.iommuref.spec.spi.Topology.FIRST;
import static org.iommuref.spec.spi.Topology.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.TestEnvironment;
import org.iommuref.model.ideal.IdealBackend;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

class CoreProbeTest {

  private static final Environment PAIR = TestEnvironment.of(Topology.twoDevicesInOneGroup());
  private static final long DIRECT = 0x7000_0000;

  private static CoreBed withDirectRegion() {
    var region = new ReservedRegion(new Iova(DIRECT), 0x2000, ReservedRegion.Type.DIRECT);
    var msi = new ReservedRegion(new Iova(0xfee0_0000L), 0x10_0000, ReservedRegion.Type.MSI);
    return new CoreBed(
        TestEnvironment.of(Topology.twoDevicesInOneGroup()),
        CoreParts.LINUX,
        driver -> driver.reserved = List.of(region, msi));
  }

  private static AccessOutcome read(CoreBed bed, long iova) {
    return bed.driver.access(DeviceAccess.read(FIRST, new Iova(iova)));
  }

  @Test
  void open_dmaDefault_deviceIsInAnEmptyPagingDomain() {
    CoreBed bed = new CoreBed(Topology.oneDevice());
    assertThat(read(bed, IOVA.bytes())).isEqualTo(AccessOutcome.blocked());
    assertThat(bed.core.useDefaultDomain(FIRST).isOk()).isTrue();
  }

  @Test
  void open_passthroughDefault_deviceIsInAnIdentityDomain() {
    CoreBed bed =
        new CoreBed(Topology.oneDevice(), CoreParts.LINUX.withDefault(DomainType.IDENTITY));
    assertThat(read(bed, 0x100_0000)).isEqualTo(AccessOutcome.completed(0));
    bed.core.claimOwner(FIRST, 7);
    assertThat(read(bed, 0x100_0000)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void open_directRegion_isMappedOneToOneBeforeTheAttach() {
    CoreBed bed = withDirectRegion();
    assertThat(read(bed, DIRECT + 0x1008)).isEqualTo(AccessOutcome.completed(0));
    assertThat(read(bed, DIRECT + 0x2000)).isEqualTo(AccessOutcome.blocked());
    assertThat(read(bed, 0xfee0_0000L)).isEqualTo(AccessOutcome.blocked());
    assertThat(bed.driver.iovaToPhys(new DomainId(-1), new Iova(DIRECT + 0x10)))
        .isEqualTo(new PhysAddr(DIRECT + 0x10));
  }

  @Test
  void claim_deviceRequiresDirectMapping_isEinvalAndNothingChanges() {
    CoreBed bed = withDirectRegion();
    assertThat(bed.core.claimOwner(FIRST, 7).errno()).isEqualTo(Errno.EINVAL);
    assertThat(read(bed, DIRECT)).isEqualTo(AccessOutcome.completed(0));
    assertThat(bed.core.useDefaultDomain(FIRST).isOk()).isTrue();
  }

  @Test
  void attach_blockedDomainForDeviceThatRequiresDirectMapping_isEinval() {
    CoreBed bed = withDirectRegion();
    bed.core.allocateDomain(D1, DomainType.BLOCKED);
    assertThat(bed.core.attachGroup(G0, D1).errno()).isEqualTo(Errno.EINVAL);
    assertThat(read(bed, DIRECT)).isEqualTo(AccessOutcome.completed(0));
  }

  @Test
  void open_firstAttachFails_groupIsGivenUp() {
    CoreBed bed =
        new CoreBed(PAIR, CoreParts.LINUX, driver -> driver.failNextAttach(SECOND, Errno.ENOMEM));
    assertThat(bed.core.groupOf(FIRST).errno()).isEqualTo(Errno.ENODEV);
    assertThat(bed.core.groupOf(SECOND).errno()).isEqualTo(Errno.ENODEV);
    assertThat(bed.core.attachGroup(G0, D1).errno()).isEqualTo(Errno.ENODEV);
  }

  @Test
  void open_deviceBehindNoUnit_hasNoGroup() {
    Environment both = TestEnvironment.of(Topology.twoDevices());
    var driver =
        new RecordingBackend(
            new IdealBackend(Topology.oneDevice(), both.memory()), new ArrayList<>());
    Core core = new Core(both, driver, CoreParts.LINUX);
    assertThat(core.groupOf(FIRST).isOk()).isTrue();
    assertThat(core.groupOf(SECOND).errno()).isEqualTo(Errno.ENODEV);
  }
}
