package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.errno.Errno;
import org.junit.jupiter.api.Test;

class ObjectsTest {

  private final Bed bed = new Bed();

  @Test
  void ids_lowestFree_areReused() {
    assertThat(bed.ioas()).as("OBJ-002").isEqualTo(1);
    assertThat(bed.ioas()).as("OBJ-002").isEqualTo(2);
    assertThat(bed.destroy(1).isOk()).isTrue();
    assertThat(bed.ioas()).as("OBJ-004").isEqualTo(1);
    bed.close();
  }

  @Test
  void destroy_unknownId_isNotFound() {
    assertThat(bed.destroy(0).errno()).as("OBJ-003").isEqualTo(Errno.ENOENT);
    assertThat(bed.destroy(9).errno()).as("OBJ-009").isEqualTo(Errno.ENOENT);
    bed.close();
  }

  @Test
  void destroy_referredTo_isBusy() {
    int ioas = bed.ioas();
    Struct device = bed.mockDomain(ioas);
    assertThat(bed.destroy(ioas).errno()).as("OBJ-010").isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(device.u32(20)).errno()).as("OBJ-010").isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(device.u32(24)).errno()).as("OBJ-033").isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(device.u32(16)).isOk()).as("OBJ-034").isTrue();
    assertThat(bed.destroy(device.u32(20)).errno())
        .as("the page table went with its device")
        .isEqualTo(Errno.ENOENT);
    assertThat(bed.destroy(ioas).isOk()).isTrue();
    bed.close();
  }

  @Test
  void close_everythingAlive_endsAll() {
    int ioas = bed.ioas();
    bed.mockDomain(ioas);
    bed.mockDomain(ioas);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 0x4000, Bed.APERTURE).isOk()).isTrue();
    bed.close();
  }
}
