package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.errno.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HwptTest {

  private static final long PAGE = 4096;

  private final Bed bed = new Bed();

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private Struct alloc(int device, int pt, int flags) {
    return Struct.of(48).u32(4, flags).u32(8, device).u32(12, pt);
  }

  private Struct replace(int stdev, int pt) {
    return bed.test(10, stdev).u32(16, pt);
  }

  @Test
  void hwptAlloc_flags_areChecked() {
    int ioas = bed.ioas();
    int device = bed.mockDomain(ioas).u32(24);
    assertThat(bed.call(0x3b89, alloc(device, ioas, 1 << 8)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b89, alloc(device, ioas, 5)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b89, alloc(device, ioas, 4).u32(40, 99)).errno())
        .isEqualTo(Errno.ENOENT);
    assertThat(bed.call(0x3b89, alloc(ioas, ioas, 0)).errno()).isEqualTo(Errno.ENOENT);
    assertThat(bed.call(0x3b89, alloc(device, 99, 0)).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3b89, alloc(device, device, 0)).errno()).isEqualTo(Errno.EINVAL);
  }

  @Test
  void hwptAlloc_mappedIoas_isFilled() {
    int ioas = bed.ioas();
    int device = bed.mockDomain(ioas).u32(24);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 4 * PAGE, Bed.APERTURE).isOk()).isTrue();
    int hwpt = bed.ok(0x3b89, alloc(device, ioas, 0)).u32(16);
    assertThat(bed.checkMap(hwpt, Bed.APERTURE, 4 * PAGE, Bed.MEMORY).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY, 4 * PAGE, 1).isOk()).as("pinned once").isTrue();
    assertThat(bed.destroy(hwpt).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY, 4 * PAGE, 1).isOk()).isTrue();
  }

  @Test
  void hwptAlloc_data_choosesTheTable() {
    int ioas = bed.ioas();
    int device = bed.mockDomain(bed.ioas()).u32(24);
    Struct data = Struct.of(8).u32(0, 0).u32(4, 1);
    bed.processes.write(bed.process, Bed.DATA, data.bytes());
    Struct alloc = alloc(device, ioas, 0).u32(24, 0xdead).u32(28, 8).u64(32, Bed.DATA);
    bed.ok(0x3b89, alloc);
    Struct ranges = bed.ok(0x3b84, Struct.of(32).u32(4, ioas).u32(8, 4).u64(16, Bed.DATA));
    assertThat(ranges.u64(24)).isEqualTo(PAGE);
    assertThat(bed.call(0x3b89, alloc(device, ioas, 0).u32(24, 1).u32(28, 8)).errno())
        .isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b89, alloc.u32(28, 3)).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3b89, alloc.u32(28, 8).u64(32, 1)).errno()).isEqualTo(Errno.EFAULT);
    assertThat(bed.call(0x3b89, alloc.u32(24, 0)).errno()).isEqualTo(Errno.EINVAL);
  }

  @Test
  void replace_otherIoas_endsTheAutomaticTable() {
    int ioas = bed.ioas();
    int other = bed.ioas();
    Struct device = bed.mockDomain(ioas);
    Struct moved = bed.ok(0x3ba0, replace(device.u32(16), other));
    assertThat(moved.u32(16)).isNotEqualTo(device.u32(20));
    assertThat(bed.destroy(device.u32(20)).errno()).isEqualTo(Errno.ENOENT);
    assertThat(bed.destroy(ioas).isOk()).isTrue();
    assertThat(bed.ok(0x3ba0, replace(device.u32(16), other)).u32(16)).isEqualTo(moved.u32(16));
  }

  @Test
  void attach_secondDevice_sharesTheAutomaticTable() {
    int ioas = bed.ioas();
    Struct one = bed.mockDomain(ioas);
    Struct two = bed.mockDomain(ioas);
    assertThat(two.u32(20)).isEqualTo(one.u32(20));
    assertThat(bed.destroy(one.u32(16)).isOk()).isTrue();
    assertThat(bed.destroy(two.u32(20)).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.mockDomain(two.u32(20)).u32(20)).isEqualTo(two.u32(20));
  }

  @Test
  void attach_deviceWithoutDirtyTracking_isRefused() {
    int ioas = bed.ioas();
    int device = bed.mockDomain(ioas).u32(24);
    int hwpt = bed.ok(0x3b89, alloc(device, ioas, 2)).u32(16);
    assertThat(bed.call(0x3ba0, bed.test(12, hwpt).u32(28, 1)).errno()).isEqualTo(Errno.EINVAL);
    Struct plain = bed.ok(0x3ba0, bed.test(12, ioas).u32(28, 1));
    assertThat(bed.call(0x3b89, alloc(plain.u32(24), ioas, 2)).errno()).isEqualTo(Errno.EOPNOTSUPP);
  }

  @Test
  void attach_areaOutsideAperture_isInUse() {
    int ioas = bed.ioas();
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, 0x1000).isOk()).isTrue();
    assertThat(bed.call(0x3ba0, bed.test(2, ioas)).errno()).isEqualTo(Errno.EADDRINUSE);
    assertThat(bed.destroy(ioas).isOk()).isTrue();
  }

  @Test
  void detach_lastDevice_unpins() {
    int ioas = bed.ioas();
    Struct device = bed.mockDomain(ioas);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    assertThat(bed.destroy(device.u32(16)).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY, PAGE, 0).isOk()).isTrue();
    int hwpt = bed.mockDomain(ioas).u32(20);
    assertThat(bed.checkMap(hwpt, Bed.APERTURE, PAGE, Bed.MEMORY).isOk()).isTrue();
  }
}
