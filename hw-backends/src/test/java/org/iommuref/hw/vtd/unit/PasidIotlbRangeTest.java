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

  /** Both ends are named, and what lies beyond them is not; addresses are unsigned. */
  private static void assertNames(PasidIotlbInvalidation order, long first, long last) {
    assertThat(order.first()).as("VTD-159: first byte of %s", order).isEqualTo(first);
    assertThat(order.last()).as("VTD-159: last byte of %s", order).isEqualTo(last);
    assertThat(order.covers(first)).as("VTD-159: %s names its first byte", order).isTrue();
    assertThat(order.covers(last)).as("VTD-159: %s names its last byte", order).isTrue();
    boolean all = first == 0 && last == -1;
    assertThat(order.covers(first - 1)).as("VTD-159: %s, byte below", order).isEqualTo(all);
    assertThat(order.covers(last + 1)).as("VTD-159: %s, byte above", order).isEqualTo(all);
  }

  @Test
  void mask_ofPages_widensTheRange() {
    assertNames(pages(0), ADDRESS, ADDRESS + 0xfff);
    assertNames(pages(9), ADDRESS & -0x20_0000L, (ADDRESS & -0x20_0000L) + 0x1f_ffff);
    assertNames(pages(51), 1L << 63, -1);
  }

  @Test
  void mask_ofAllBits_namesEveryAddress() {
    for (int mask = 52; mask <= 63; mask++) {
      assertNames(pages(mask), 0, -1);
    }
  }

  @Test
  void invalidationOfAPasid_namesEveryAddress() {
    assertNames(
        new PasidIotlbInvalidation(PasidIotlbInvalidation.PASID, 1, 2, ADDRESS, 0, false), 0, -1);
  }
}
