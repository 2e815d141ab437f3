package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.pages.DmabufPages;
import org.iommuref.model.iommufd.pages.SharedBuffer;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DmabufTest {

  private static final long PAGE = 4096;

  private final Bed bed = new Bed();
  private final int ioas = bed.ioas();

  @AfterEach
  void nothingIsLeft() {
    for (int descriptor = 0; descriptor < 4; descriptor++) {
      bed.processes.close(bed.process, descriptor).ifPresent(bed.iommufd::close);
    }
    bed.close();
  }

  private int buffer() {
    return bed.call(0x3ba0, bed.test(22, 0).u32(16, (int) (4 * PAGE - 1))).value();
  }

  private @Nullable Errno revoke(int descriptor, int revoked) {
    return bed.call(0x3ba0, bed.test(23, 0).u32(16, descriptor).u32(20, revoked)).errno();
  }

  private @Nullable Errno map(int descriptor, long start, long length, long iova) {
    Struct map = Struct.of(40).u32(4, 7).u32(8, ioas).u32(12, descriptor);
    return bed.call(0x3b8f, map.u64(16, start).u64(24, length).u64(32, iova)).errno();
  }

  @Test
  @Clause({"IOAS-080", "IOAS-084", "IOAS-085", "MOCK-027"})
  void map_partOfABuffer_pinsNothing() {
    int buffer = buffer();
    bed.mockDomain(ioas);
    assertThat(map(buffer, 0, 0, Bed.APERTURE)).isEqualTo(Errno.EINVAL);
    assertThat(map(buffer, 4 * PAGE, PAGE, Bed.APERTURE)).as("IOAS-080").isEqualTo(Errno.EINVAL);
    assertThat(map(buffer, 0, 4 * PAGE + 1, Bed.APERTURE)).isEqualTo(Errno.EINVAL);
    assertThat(map(buffer, 0, 4 * PAGE, Bed.APERTURE)).isNull();
    assertThat(bed.iommufd.accounting().pinned(bed.process)).as("IOAS-084").isZero();
    int access = bed.ok(0x3ba0, bed.test(5, ioas).u32(20, 1)).u32(16);
    assertThat(bed.call(0x3ba0, bed.test(7, access).u64(24, Bed.APERTURE).u64(32, PAGE)).errno())
        .as("IOAS-085")
        .isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3ba0, bed.test(22, 0)).errno()).as("MOCK-027").isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3ba0, bed.test(22, 0).u32(16, (512 << 12) + 1)).errno())
        .as("MOCK-027")
        .isEqualTo(Errno.EINVAL);
  }

  @Test
  @Clause({"IOAS-083", "IOAS-086", "IOAS-087", "IOAS-088", "IOAS-089", "MOCK-028"})
  void revoke_mappedBuffer_takesItFromDevices() {
    int buffer = buffer();
    int device = bed.mockDomain(ioas).u32(24);
    Struct alloc = Struct.of(48).u32(4, 2).u32(8, device).u32(12, ioas);
    int hwpt = bed.ok(0x3b89, alloc).u32(16);
    assertThat(map(buffer, 0, 4 * PAGE, Bed.APERTURE)).isNull();
    assertThat(isTranslated(hwpt)).isTrue();
    assertThat(revoke(buffer, 1)).isNull();
    assertThat(isTranslated(hwpt)).as("IOAS-086").isFalse();
    bed.mockDomain(ioas);
    assertThat(map(buffer, 0, PAGE, 2 * Bed.APERTURE)).as("IOAS-083").isEqualTo(Errno.ENODEV);
    assertThat(revoke(buffer, 0)).isNull();
    assertThat(isTranslated(hwpt)).as("IOAS-089").isFalse();
    assertThat(map(buffer, 0, PAGE, Bed.APERTURE)).as("IOAS-087").isEqualTo(Errno.EEXIST);
    Struct unmapped = bed.ok(0x3b86, bed.unmapStruct(ioas, Bed.APERTURE, 4 * PAGE));
    assertThat(unmapped.u64(16)).as("IOAS-087").isEqualTo(4 * PAGE);
    assertThat(map(buffer, 0, 4 * PAGE, Bed.APERTURE)).as("IOAS-089").isNull();
    assertThat(isTranslated(hwpt)).as("IOAS-089").isTrue();
    assertThat(revoke(77, 1)).as("MOCK-028").isEqualTo(Errno.EBADF);
    int file = bed.processes.memoryFile(bed.process, PAGE);
    assertThat(revoke(file, 1)).as("MOCK-028").isEqualTo(Errno.EINVAL);
  }

  /** A write is recorded where an entry of the page table is. */
  private boolean isTranslated(int hwpt) {
    bed.ok(0x3b8b, Struct.of(16).u32(4, 1).u32(8, hwpt));
    bed.processes.write(bed.process, Bed.DATA, new byte[] {1, 0});
    Struct dirty = bed.test(13, hwpt).u64(24, Bed.APERTURE).u64(32, PAGE).u64(40, PAGE);
    bed.ok(0x3ba0, dirty.u64(48, Bed.DATA));
    Struct get = Struct.of(48).u32(4, hwpt).u64(16, Bed.APERTURE).u64(24, PAGE).u64(32, PAGE);
    bed.ok(0x3b8c, get.u64(40, Bed.DATA + 1));
    return bed.processes.read(bed.process, Bed.DATA + 1, 1)[0] != 0;
  }

  @Test
  @Clause({"IOAS-081", "IOAS-082"})
  void map_bufferWhoseOwnerRefuses_failsAsTheOwnerDoes() {
    for (Errno errno : new Errno[] {Errno.EBUSY, Errno.EOPNOTSUPP}) {
      FileId file = bed.iommufd.contextOf(bed.file).kernel().files().open(new Refusing(errno));
      int descriptor = bed.processes.install(bed.process, file).value();
      assertThat(map(descriptor, 0, PAGE, Bed.APERTURE)).as("IOAS-081, IOAS-082").isEqualTo(errno);
      bed.processes.close(bed.process, descriptor).ifPresent(bed.iommufd::close);
    }
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk())
        .as("IOAS-081: nothing is left at the address")
        .isTrue();
  }

  /** A buffer whose owner lets nobody attach to it. */
  private record Refusing(Errno errno) implements OpenFile, SharedBuffer {

    @Override
    public long size() {
      return PAGE;
    }

    @Override
    public long firstFrame() {
      return 1;
    }

    @Override
    public Errno attach(DmabufPages importer) {
      return errno;
    }

    @Override
    public void detach(DmabufPages importer) {
      throw new AssertionError("never attached");
    }

    @Override
    public void release() {
      // it holds nothing
    }
  }
}
