package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.errno.Result;
import org.junit.jupiter.api.Test;

/** Whatever cannot be allocated: the call fails, and all is as before. */
class FailNthTest {

  private static final long PAGE = 4096;

  @Test
  void map_anyAllocationFails_leavesNothing() {
    int nth = 1;
    boolean failed = true;
    while (failed) {
      Bed bed = new Bed();
      int ioas = bed.ioas();
      bed.mockDomain(ioas);
      bed.failures.set(nth);
      Result<Integer> mapped = bed.mapFixed(ioas, Bed.MEMORY, 2 * PAGE, Bed.APERTURE);
      failed = bed.failures.left() == 0;
      bed.failures.set(0);
      assertThat(mapped.isOk()).isEqualTo(!failed);
      assertThat(bed.checkRefs(Bed.MEMORY, PAGE, failed ? 0 : 1).isOk()).isTrue();
      bed.close();
      nth++;
    }
    assertThat(nth).isGreaterThan(5);
  }

  @Test
  void device_anyAllocationFails_leavesNothing() {
    int nth = 1;
    boolean failed = true;
    while (failed) {
      Bed bed = new Bed();
      int ioas = bed.ioas();
      assertThat(bed.mapFixed(ioas, Bed.MEMORY, 2 * PAGE, Bed.APERTURE).isOk()).isTrue();
      bed.failures.set(nth);
      Result<Integer> made = bed.call(0x3ba0, bed.test(2, ioas));
      failed = bed.failures.left() == 0;
      bed.failures.set(0);
      assertThat(made.isOk()).isEqualTo(!failed);
      if (failed) {
        assertThat(bed.destroy(ioas).isOk()).as("nobody refers to the IOAS").isTrue();
      }
      bed.close();
      nth++;
    }
    assertThat(nth).isGreaterThan(8);
  }
}
