package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirtyTest {

  private static final long PAGE = 4096;
  private static final int SET = 0x3b8b;
  private static final int GET = 0x3b8c;

  private final Bed bed = new Bed();
  private final int ioas = bed.ioas();
  private final int device = bed.mockDomain(ioas).u32(24);

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private int hwpt(int flags) {
    return bed.ok(0x3b89, Struct.of(48).u32(4, flags).u32(8, device).u32(12, ioas)).u32(16);
  }

  private Struct tracking(int hwpt, int enable) {
    return Struct.of(16).u32(4, enable).u32(8, hwpt);
  }

  private Struct bitmap(int hwpt, long iova, long length, long pageSize) {
    return Struct.of(48)
        .u32(4, hwpt)
        .u64(16, iova)
        .u64(24, length)
        .u64(32, pageSize)
        .u64(40, Bed.DATA + 4095);
  }

  private Struct dirty(int hwpt, long iova, long length, int bits) {
    bed.processes.write(bed.process, Bed.DATA, new byte[] {(byte) bits, (byte) (bits >> 8)});
    return bed.test(13, hwpt).u64(24, iova).u64(32, length).u64(40, PAGE).u64(48, Bed.DATA);
  }

  private int read(Struct get) {
    bed.processes.write(bed.process, Bed.DATA + 4095, new byte[4]);
    bed.ok(GET, get);
    byte[] bytes = bed.processes.read(bed.process, Bed.DATA + 4095, 2);
    return (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
  }

  @Test
  @Clause({"DIRTY-018", "DIRTY-019", "DIRTY-021", "DIRTY-029", "DIRTY-031", "DIRTY-034"})
  void getBitmap_writtenPages_tellsThemOnce() {
    int hwpt = hwpt(2);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 16 * PAGE, Bed.APERTURE).isOk()).isTrue();
    bed.ok(SET, tracking(hwpt, 1));
    Struct marked = bed.ok(0x3ba0, dirty(hwpt, Bed.APERTURE, 16 * PAGE, 0x8005));
    assertThat(marked.u64(56)).as("DIRTY-034").isEqualTo(3);
    Struct get = bitmap(hwpt, Bed.APERTURE, 16 * PAGE, PAGE);
    int first = read(bitmap(hwpt, Bed.APERTURE, 16 * PAGE, PAGE).u32(8, 1));
    assertThat(read(get)).as("DIRTY-031").isEqualTo(first);
    assertThat(first & 0x8005).as("DIRTY-019").isEqualTo(0x8005);
    assertThat(read(get)).as("DIRTY-029").isZero();
  }

  @Test
  @Clause("DIRTY-004")
  void setTracking_again_discardsWhatWasDirty() {
    int hwpt = hwpt(2);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 16 * PAGE, Bed.APERTURE).isOk()).isTrue();
    bed.ok(SET, tracking(hwpt, 1));
    bed.ok(0x3ba0, dirty(hwpt, Bed.APERTURE, 16 * PAGE, 1));
    bed.ok(SET, tracking(hwpt, 1));
    assertThat(read(bitmap(hwpt, Bed.APERTURE, 16 * PAGE, PAGE))).as("DIRTY-004").isZero();
  }

  @Test
  @Clause("DIRTY-022")
  void getBitmap_gap_stopsThere() {
    int hwpt = hwpt(2);
    for (long page : new long[] {0, 1, 3}) {
      long offset = page * PAGE;
      assertThat(bed.mapFixed(ioas, Bed.MEMORY + 2 * offset, PAGE, Bed.APERTURE + offset).isOk())
          .isTrue();
    }
    bed.ok(SET, tracking(hwpt, 1));
    Struct marked = bed.ok(0x3ba0, dirty(hwpt, Bed.APERTURE, 8 * PAGE, 0xff));
    assertThat(marked.u64(56)).as("DIRTY-034").isEqualTo(8);
    assertThat(read(bitmap(hwpt, Bed.APERTURE, 8 * PAGE, PAGE))).as("DIRTY-022").isEqualTo(3);
  }

  @Test
  @Clause({"DIRTY-001", "DIRTY-002", "DIRTY-003"})
  void setTracking_refused_tellsWhy() {
    assertThat(errno(SET, tracking(99, 2))).as("DIRTY-001").isEqualTo(Errno.EOPNOTSUPP);
    assertThat(errno(SET, tracking(99, 1))).as("DIRTY-002").isEqualTo(Errno.ENOENT);
    assertThat(errno(SET, tracking(hwpt(0), 1))).as("DIRTY-003").isEqualTo(Errno.EOPNOTSUPP);
  }

  @Test
  @Clause({
    "DIRTY-008",
    "DIRTY-009",
    "DIRTY-010",
    "DIRTY-011",
    "DIRTY-012",
    "DIRTY-013",
    "DIRTY-014",
    "DIRTY-016"
  })
  void getBitmap_refused_tellsWhy() {
    int hwpt = hwpt(2);
    long at = Bed.APERTURE;
    assertThat(errno(GET, bitmap(hwpt, at, PAGE, PAGE).u32(8, 2))).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(errno(GET, bitmap(hwpt, at, PAGE, PAGE).u32(12, 1))).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(errno(GET, bitmap(99, at, PAGE, PAGE))).as("DIRTY-010").isEqualTo(Errno.ENOENT);
    assertThat(errno(GET, bitmap(hwpt, at, 0, PAGE))).as("DIRTY-011").isEqualTo(Errno.EOVERFLOW);
    assertThat(errno(GET, bitmap(hwpt, at + 1, PAGE, PAGE))).isEqualTo(Errno.EINVAL);
    assertThat(errno(GET, bitmap(hwpt, at, PAGE, 0))).as("DIRTY-013").isEqualTo(Errno.EINVAL);
    assertThat(errno(GET, bitmap(hwpt, at, PAGE, 2 * PAGE))).isEqualTo(Errno.EINVAL);
    assertThat(errno(GET, bitmap(hwpt(0), at, PAGE, PAGE)))
        .as("DIRTY-016")
        .isEqualTo(Errno.EOPNOTSUPP);
  }

  @Test
  @Clause("MOCK-020")
  void dirty_refused_tellsWhy() {
    int hwpt = hwpt(2);
    assertThat(errno(0x3ba0, dirty(hwpt, Bed.APERTURE, PAGE, 1))).isEqualTo(Errno.EINVAL);
    bed.ok(SET, tracking(hwpt, 1));
    assertThat(errno(0x3ba0, dirty(hwpt, Bed.APERTURE + 1, PAGE, 1))).isEqualTo(Errno.EINVAL);
    assertThat(errno(0x3ba0, dirty(99, Bed.APERTURE, PAGE, 1))).isEqualTo(Errno.ENOENT);
    assertThat(errno(0x3ba0, dirty(hwpt, Bed.APERTURE, PAGE, 1).u64(48, 8)))
        .isEqualTo(Errno.EFAULT);
  }

  private @Nullable Errno errno(int command, Struct struct) {
    return bed.call(command, struct).errno();
  }
}
