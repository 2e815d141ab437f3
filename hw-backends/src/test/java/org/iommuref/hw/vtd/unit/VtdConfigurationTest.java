package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VtdConfigurationTest {

  @Test
  void memory_takesAtomics_belowTheAddressFromWhichItTakesNone() {
    long limit = 0x8000_0000L;
    VtdConfiguration all = VtdConfiguration.scalable();
    VtdConfiguration unit =
        new VtdConfiguration(
            all.version(),
            all.capability(),
            all.extendedCapability(),
            all.hostAddressBits(),
            all.requestSlots(),
            limit);
    assertThat(unit.takesAtomics(limit - 8)).isTrue();
    assertThat(unit.takesAtomics(limit)).isFalse();
    assertThat(unit.takesAtomics(-8)).as("addresses are unsigned").isFalse();
    assertThat(all.takesAtomics(-8)).as("no limit").isTrue();
  }
}
