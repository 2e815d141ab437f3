package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

/** The addresses that an invalidation by PASID names. */
@Clause("VTD-159")
class PasidIotlbRangeTest {

  private static final long ADDRESS = 0xffff_9234_5678_9000L;

  private static PasidIotlbInvalidation pages(int addressMask) {
    return new PasidIotlbInvalidation(
        PasidIotlbInvalidation.PAGE, 1, 2, ADDRESS, addressMask, false);
  }

  @Test
  void mask_ofPages_widensTheRange() {
    assertThat(pages(0).first()).isEqualTo(ADDRESS);
    assertThat(pages(0).last()).isEqualTo(ADDRESS + 0xfff);
    assertThat(pages(51).first()).isEqualTo(1L << 63);
    assertThat(pages(51).last()).isEqualTo(-1);
  }

  @Test
  void mask_ofAllBits_namesEveryAddress() {
    for (int mask = 52; mask <= 63; mask++) {
      assertThat(pages(mask).first()).as("VTD-159: AM %d", mask).isZero();
      assertThat(pages(mask).last()).as("VTD-159: AM %d", mask).isEqualTo(-1);
      assertThat(pages(mask).covers(0)).isTrue();
    }
  }
}
