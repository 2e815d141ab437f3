package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.errno.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IoasTest {

  private static final long PAGE = 4096;

  private final Bed bed = new Bed();

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private Struct ranges(int ioas, int room) {
    return Struct.of(32).u32(4, ioas).u32(8, room).u64(16, Bed.DATA);
  }

  @Test
  void iovaRanges_noDevice_isEverything() {
    Struct answer = bed.ok(0x3b84, ranges(bed.ioas(), 4));
    assertThat(answer.u32(8)).isEqualTo(1);
    assertThat(answer.u64(24)).isEqualTo(1);
    Struct range = at(Bed.DATA);
    assertThat(range.u64(0)).isZero();
    assertThat(range.u64(8)).isEqualTo(-1L);
  }

  @Test
  void iovaRanges_mockDevice_isItsAperture() {
    int ioas = bed.ioas();
    bed.mockDomain(ioas);
    Struct answer = ranges(ioas, 0);
    assertThat(bed.call(0x3b84, answer).errno()).isEqualTo(Errno.EMSGSIZE);
    assertThat(answer.u32(8)).isEqualTo(1);
    bed.ok(0x3b84, ranges(ioas, 1));
    assertThat(at(Bed.DATA).u64(0)).isEqualTo(1L << 24);
    assertThat(at(Bed.DATA).u64(8)).isEqualTo((1L << 31) - 1);
    assertThat(answer.u64(24)).isEqualTo(2048);
  }

  @Test
  void map_automatic_isAlignedToItsLength() {
    int ioas = bed.ioas();
    for (long length = PAGE; length <= 8 * PAGE; length *= 2) {
      Struct map = bed.map(ioas, Bed.MEMORY, length, 0).u32(4, 6);
      bed.ok(0x3b85, map);
      assertThat(map.u64(32) % length).isZero();
      assertThat(map.u64(32)).isGreaterThanOrEqualTo(PAGE);
    }
  }

  @Test
  void map_overlap_exists() {
    int ioas = bed.ioas();
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 4 * PAGE, Bed.APERTURE).isOk()).isTrue();
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE + 3 * PAGE).errno())
        .isEqualTo(Errno.EEXIST);
  }

  @Test
  void map_lazy_pinsNothing() {
    int ioas = bed.ioas();
    assertThat(bed.mapFixed(ioas, 0xdead_0000L, PAGE, Bed.APERTURE).isOk())
        .as("memory that is not there can be mapped while nobody uses it")
        .isTrue();
    assertThat(bed.processes.allPins()).isZero();
    assertThat(bed.call(0x3ba0, bed.test(2, ioas)).errno()).isEqualTo(Errno.EFAULT);
    assertThat(bed.unmap(ioas, Bed.APERTURE, PAGE).isOk()).isTrue();
  }

  @Test
  void map_withDevice_pinsAndCharges() {
    int ioas = bed.ioas();
    int hwpt = bed.mockDomain(ioas).u32(20);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY + 2048, 3 * PAGE, Bed.APERTURE).isOk()).isTrue();
    assertThat(bed.checkMap(hwpt, Bed.APERTURE, 3 * PAGE, Bed.MEMORY + 2048).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY, 4 * PAGE, 1).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY + 4 * PAGE, PAGE, 0).isOk()).isTrue();
    assertThat(bed.iommufd.accounting().lockedBy(1000)).isEqualTo(4);
    assertThat(bed.unmap(ioas, Bed.APERTURE, 3 * PAGE).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY, 4 * PAGE, 0).isOk()).isTrue();
    assertThat(bed.checkMap(hwpt, Bed.APERTURE, PAGE, Bed.MEMORY + 2048).errno())
        .isEqualTo(Errno.EINVAL);
  }

  @Test
  void map_overLimit_undoesAll() {
    int ioas = bed.ioas();
    bed.mockDomain(ioas);
    bed.processes.limitMemlock(bed.process, 2 * PAGE);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 3 * PAGE, Bed.APERTURE).errno())
        .isEqualTo(Errno.ENOMEM);
    assertThat(bed.processes.allPins()).isZero();
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 2 * PAGE, Bed.APERTURE).isOk()).isTrue();
  }

  @Test
  void map_partlyMissingMemory_isFault() {
    int ioas = bed.ioas();
    bed.mockDomain(ioas);
    bed.processes.unmap(bed.process, Bed.MEMORY + 2 * PAGE, PAGE);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 3 * PAGE, Bed.APERTURE).errno())
        .isEqualTo(Errno.EFAULT);
    assertThat(bed.processes.allPins()).isZero();
  }

  @Test
  void unmap_cutsArea_isNotFound() {
    int ioas = bed.ioas();
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 4 * PAGE, Bed.APERTURE).isOk()).isTrue();
    assertThat(bed.unmap(ioas, Bed.APERTURE, 2 * PAGE).errno()).isEqualTo(Errno.ENOENT);
    Struct all = bed.ok(0x3b86, bed.unmapStruct(ioas, 0, -1L));
    assertThat(all.u64(16)).isEqualTo(4 * PAGE);
    bed.ok(0x3b86, bed.unmapStruct(ioas, 0, -1L));
  }

  @Test
  void copy_acrossIoas_sharesThePages() {
    int source = bed.ioas();
    int target = bed.ioas();
    int hwpt = bed.mockDomain(target).u32(20);
    assertThat(bed.mapFixed(source, Bed.MEMORY, 4 * PAGE, Bed.APERTURE).isOk()).isTrue();
    Struct copy =
        Struct.of(40)
            .u32(4, 7)
            .u32(8, target)
            .u32(12, source)
            .u64(16, 2 * PAGE)
            .u64(24, 2 * Bed.APERTURE)
            .u64(32, Bed.APERTURE + PAGE);
    bed.ok(0x3b83, copy);
    assertThat(bed.checkMap(hwpt, 2 * Bed.APERTURE, 2 * PAGE, Bed.MEMORY + PAGE).isOk()).isTrue();
    assertThat(bed.destroy(source).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY + PAGE, 2 * PAGE, 1).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY, PAGE, 0).isOk()).isTrue();
  }

  @Test
  void allow_meetsReserved_isInUse() {
    int ioas = bed.ioas();
    bed.ok(0x3ba0, bed.test(1, ioas).u64(16, 0x10000).u64(24, PAGE));
    bed.processes.write(bed.process, Bed.DATA, range(0x10800, 0x20000).bytes());
    Struct allow = Struct.of(24).u32(4, ioas).u32(8, 1).u64(16, Bed.DATA);
    assertThat(bed.call(0x3b82, allow).errno()).isEqualTo(Errno.EADDRINUSE);
    bed.processes.write(bed.process, Bed.DATA, range(0x11000, 0x13fff).bytes());
    bed.ok(0x3b82, allow);
    Struct map = bed.map(ioas, Bed.MEMORY, PAGE, 0).u32(4, 6);
    bed.ok(0x3b85, map);
    assertThat(map.u64(32)).isEqualTo(0x11000);
  }

  @Test
  void hugePages_alignedArea_canBeDisabled() {
    int ioas = bed.ioas();
    assertThat(bed.mapFixed(ioas, Bed.MEMORY + 1, PAGE, Bed.APERTURE).isOk()).isTrue();
    Struct disable = Struct.of(24).u32(4, 1).u32(12, ioas);
    assertThat(bed.call(0x3b87, disable).errno()).isEqualTo(Errno.EADDRINUSE);
    assertThat(bed.unmap(ioas, Bed.APERTURE, PAGE).isOk()).isTrue();
    bed.ok(0x3b87, disable);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY + 1, PAGE, Bed.APERTURE).errno())
        .isEqualTo(Errno.EINVAL);
  }

  private Struct range(long start, long last) {
    return Struct.of(16).u64(0, start).u64(8, last);
  }

  private Struct at(long address) {
    Struct struct = Struct.of(16);
    struct.replace(bed.processes.read(bed.process, address, 16));
    return struct;
  }
}
