package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;
import org.junit.jupiter.api.Test;

class DeviceTlbTest extends ScalableDirectedTest {

  private static final BusRequest TRANSLATED =
      ScalableBench.read(Bench.PAGE_A).as(AddressType.TRANSLATED);

  private ScalableBench passing() {
    ScalableBench scene =
        scalable(
            VtdConfiguration.scalable()
                .withExtendedCapability(ExtendedCapability.DT, 1)
                .withExtendedCapability(ExtendedCapability.PTRS, 1));
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    return scene;
  }

  @Test
  @Clause("VTD-175")
  void requestOfADeviceTlb_withoutDte_is44() {
    ScalableBench scene = passing();
    scene.change(scene.contextAt(Bench.DEVICE), ScalableContextEntry.EPTR.mask(), 0);
    assertThat(scene.reasonOf(TRANSLATED)).isEqualTo(0x44);
  }

  @Test
  @Clause("VTD-176")
  void translatedRequestWithPasid_withoutEptr_is49() {
    ScalableBench scene = passing();
    scene.change(scene.contextAt(Bench.DEVICE), ScalableContextEntry.DTE.mask(), 0);
    assertThat(scene.reasonOf(TRANSLATED)).isEqualTo(0x49);
  }
}
