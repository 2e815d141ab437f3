package org.iommuref.spec.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TranslationTest {

  @Test
  void translation_keepsAddressAndPageSize() {
    long packed = Translation.to(0xf_ffff_ffff_fff8L, 63);
    assertThat(Translation.isRefused(packed)).isFalse();
    assertThat(Translation.address(packed)).isEqualTo(0xf_ffff_ffff_fff8L);
    assertThat(Translation.pageShift(packed)).isEqualTo(63);
    assertThat(Translation.pageShift(Translation.to(8, 12))).isEqualTo(12);
    assertThat(Translation.isRefused(Translation.to(0, 0))).as("address 0").isFalse();
  }

  @Test
  void refusal_keepsItsReason() {
    long packed = Translation.refused(0x71);
    assertThat(Translation.isRefused(packed)).isTrue();
    assertThat(Translation.reason(packed)).isEqualTo(0x71);
    assertThat(Translation.reason(Translation.refused(-1))).isEqualTo(-1);
  }
}
