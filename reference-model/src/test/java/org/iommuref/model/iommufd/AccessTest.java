package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

  private static final long PAGE = 4096;
  private static final int WRITE = 1;
  private static final int SLOW = 4;

  private final Bed bed = new Bed();
  private final int ioas = bed.ioas();

  @AfterEach
  void nothingIsLeft() {
    for (int descriptor = 0; descriptor < 8; descriptor++) {
      bed.processes.close(bed.process, descriptor).ifPresent(bed.iommufd::close);
    }
    bed.close();
  }

  private int access(int of, int flags) {
    return bed.ok(0x3ba0, bed.test(5, of).u32(20, flags)).u32(16);
  }

  private Struct pages(int access, long iova, long length, long address) {
    return bed.test(7, access).u64(24, iova).u64(32, length).u64(40, address);
  }

  private @Nullable Errno pin(int access, long iova, long length, long address) {
    return bed.call(0x3ba0, pages(access, iova, length, address)).errno();
  }

  private Struct rw(int access, long iova, long length, int flags) {
    return bed.test(8, access).u64(16, iova).u64(24, length).u64(32, Bed.DATA + 8).u32(40, flags);
  }

  private @Nullable Errno unpin(int access, int item) {
    return bed.call(0x3ba0, bed.test(6, access).u32(16, item)).errno();
  }

  @Test
  @Clause({"MOCK-011", "MOCK-014", "ACC-018", "ACC-020"})
  void pin_mappedPages_holdsThemUntilItIsUndone() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 4 * PAGE, Bed.APERTURE).isOk()).isTrue();
    int access = access(ioas, 1);
    Struct first = bed.ok(0x3ba0, pages(access, Bed.APERTURE, 2 * PAGE, Bed.MEMORY));
    Struct second = bed.ok(0x3ba0, pages(access, Bed.APERTURE, 2 * PAGE, Bed.MEMORY));
    assertThat(first.u32(20)).isZero();
    assertThat(second.u32(20)).isEqualTo(1);
    assertThat(bed.checkRefs(Bed.MEMORY, 2 * PAGE, 1).isOk()).isTrue();
    assertThat(bed.iommufd.accounting().lockedBy(1000)).as("ACC-019").isEqualTo(2);
    assertThat(unpin(access, 0)).isNull();
    assertThat(bed.checkRefs(Bed.MEMORY, 2 * PAGE, 1).isOk()).as("ACC-020").isTrue();
    assertThat(unpin(access, 0)).isEqualTo(Errno.ENOENT);
    assertThat(unpin(access, 1)).isNull();
    assertThat(bed.checkRefs(Bed.MEMORY, 2 * PAGE, 0).isOk()).isTrue();
  }

  @Test
  @Clause({"ACC-011", "ACC-012", "ACC-013", "ACC-014", "ACC-015", "MOCK-012", "MOCK-013"})
  void pin_refused_leavesNothing() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 2 * PAGE, Bed.APERTURE).isOk()).isTrue();
    bed.ok(0x3b85, bed.map(ioas, Bed.MEMORY, PAGE, 2 * Bed.APERTURE).u32(4, 5));
    int access = access(ioas, 1);
    assertThat(pin(access, Bed.APERTURE, 0, 0)).as("ACC-011").isEqualTo(Errno.EINVAL);
    assertThat(pin(access, -1L, 2, 0)).as("ACC-012").isEqualTo(Errno.EOVERFLOW);
    assertThat(pin(access, Bed.APERTURE, 3 * PAGE, 0)).as("ACC-013").isEqualTo(Errno.ENOENT);
    assertThat(pin(access, Bed.APERTURE + 1, 1, 0)).as("ACC-014").isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3ba0, pages(access, 2 * Bed.APERTURE, PAGE, 0).u32(16, WRITE)).errno())
        .as("ACC-015")
        .isEqualTo(Errno.EPERM);
    assertThat(pin(access, Bed.APERTURE, PAGE, Bed.MEMORY + PAGE))
        .as("MOCK-012")
        .isEqualTo(Errno.EBADE);
    assertThat(pin(access, Bed.APERTURE, (16 << 20) + 1, 0)).as("MOCK-013").isEqualTo(Errno.ENOMEM);
    assertThat(bed.processes.allPins()).as("ACC-017").isZero();
  }

  @Test
  @Clause({"ACC-032", "MOCK-010", "MOCK-009"})
  void pin_noAccessOrOneThatDoesNotPin_isRefused() {
    assertThat(pin(77, 0, PAGE, 0)).as("MOCK-010").isEqualTo(Errno.EBADFD);
    assertThat(pin(access(ioas, 0), 0, PAGE, 0)).as("ACC-032").isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3ba0, bed.test(5, ioas).u32(20, 2)).errno())
        .as("MOCK-009")
        .isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3ba0, bed.test(5, 99)).errno()).as("ACC-003").isEqualTo(Errno.ENOENT);
    assertThat(bed.processes.descriptor(bed.process, 1)).isInstanceOf(Descriptor.Closed.class);
  }

  @Test
  @Clause({"ACC-028", "MOCK-015"})
  void unmap_pinnedArea_asksTheAccessToUnpin() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 2 * PAGE, Bed.APERTURE).isOk()).isTrue();
    int access = access(ioas, 1);
    assertThat(pin(access, Bed.APERTURE + PAGE, PAGE, Bed.MEMORY + PAGE)).isNull();
    assertThat(bed.unmap(ioas, Bed.APERTURE, 2 * PAGE).isOk()).isTrue();
    assertThat(bed.processes.allPins()).isZero();
    assertThat(unpin(access, 0)).as("MOCK-014").isEqualTo(Errno.ENOENT);
  }

  @Test
  @Clause({"ACC-002", "ACC-006", "ACC-007", "ACC-008", "MOCK-018"})
  void replace_otherIoas_unpinsAndMoves() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    int access = access(ioas, 1);
    assertThat(pin(access, Bed.APERTURE, PAGE, Bed.MEMORY)).isNull();
    assertThat(replace(access, ioas)).as("ACC-006").isNull();
    assertThat(bed.processes.allPins()).as("ACC-006").isEqualTo(1);
    int odd = bed.ioas();
    assertThat(bed.mapFixed(odd, Bed.MEMORY, 1, 1).isOk()).isTrue();
    assertThat(replace(access, odd)).as("ACC-008").isEqualTo(Errno.EADDRINUSE);
    assertThat(bed.processes.allPins()).as("ACC-008").isEqualTo(1);
    int other = bed.ioas();
    assertThat(replace(access, other)).isNull();
    assertThat(bed.processes.allPins()).as("ACC-007").isZero();
    assertThat(bed.destroy(other).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(ioas).isOk()).as("ACC-007").isTrue();
    assertThat(bed.mapFixed(other, Bed.MEMORY, 1, PAGE).errno())
        .as("ACC-002")
        .isEqualTo(Errno.EINVAL);
  }

  private @Nullable Errno replace(int access, int to) {
    return bed.call(0x3ba0, bed.test(11, access).u32(16, to)).errno();
  }

  @Test
  @Clause({"ACC-022", "ACC-023", "MOCK-016"})
  void rw_acrossPagesByEveryPath_movesTheBytes() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY + 7, 3 * PAGE, Bed.APERTURE + 1).isOk()).isTrue();
    int access = access(ioas, 0);
    for (int path : new int[] {0, SLOW}) {
      for (long length : new long[] {5, 2 * PAGE - 100}) {
        byte[] written = ("path" + path + length).repeat(1000).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(written, (int) length);
        bed.processes.write(bed.process, Bed.DATA + 8, bytes);
        bed.ok(0x3ba0, rw(access, Bed.APERTURE + 90, length, path | WRITE));
        assertThat(bed.processes.read(bed.process, Bed.MEMORY + 96, (int) length))
            .as("ACC-022")
            .isEqualTo(bytes);
        bed.processes.write(bed.process, Bed.DATA + 8, new byte[(int) length]);
        bed.ok(0x3ba0, rw(access, Bed.APERTURE + 90, length, path));
        assertThat(bed.processes.read(bed.process, Bed.DATA + 8, (int) length))
            .as("ACC-022")
            .isEqualTo(bytes);
      }
    }
    assertThat(bed.processes.allPins()).as("ACC-023").isZero();
    assertThat(bed.iommufd.accounting().lockedBy(1000)).as("ACC-023").isZero();
  }

  @Test
  @Clause({"ACC-013", "ACC-015", "ACC-025", "MOCK-017"})
  void rw_refused_tellsWhy() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    assertThat(bed.mapFixed(ioas, 0xdead_0000L, 2 * PAGE, 2 * Bed.APERTURE).isOk()).isTrue();
    bed.ok(0x3b85, bed.map(ioas, Bed.MEMORY, PAGE, 3 * Bed.APERTURE).u32(4, 3));
    int access = access(ioas, 0);
    assertThat(errno(rw(access, Bed.APERTURE, PAGE + 1, 0))).isEqualTo(Errno.ENOENT);
    assertThat(errno(rw(access, Bed.APERTURE, 0, 0))).as("ACC-011").isEqualTo(Errno.EINVAL);
    assertThat(errno(rw(access, Bed.APERTURE, 1, 2))).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(errno(rw(access, 3 * Bed.APERTURE, 1, 0))).isEqualTo(Errno.EPERM);
    for (int path : new int[] {0, SLOW}) {
      assertThat(errno(rw(access, 2 * Bed.APERTURE, 1, path))).isEqualTo(Errno.EFAULT);
      assertThat(errno(rw(access, 2 * Bed.APERTURE, PAGE + 1, path))).isEqualTo(Errno.EFAULT);
    }
  }

  private @Nullable Errno errno(Struct call) {
    return bed.call(0x3ba0, call).errno();
  }

  @Test
  @Clause({"ACC-026", "ACC-027"})
  void rw_ownerHasEnded_reachesWhatAPageTableHolds() {
    int file = bed.processes.memoryFile(bed.process, 2 * PAGE);
    bed.processes.mapFile(bed.process, 0x50_0000, 2 * PAGE, file, 0, true, true);
    bed.mockDomain(ioas);
    var child = bed.processes.fork(bed.process);
    var map = bed.map(ioas, 0x50_0000, 2 * PAGE, Bed.APERTURE);
    assertThat(bed.call(bed.processes.caller(child), bed.file, 0x3b85, map).errno()).isNull();
    bed.processes.exit(child);
    bed.iommufd.exited(child);
    bed.mockDomain(ioas);
    bed.processes.write(bed.process, 0x50_0000 + PAGE - 2, new byte[] {1, 2, 3, 4});
    bed.ok(0x3ba0, rw(access(ioas, 0), Bed.APERTURE + PAGE - 2, 4, 0));
    assertThat(bed.processes.read(bed.process, Bed.DATA + 8, 4)).containsExactly(1, 2, 3, 4);
    bed.unmap(ioas, Bed.APERTURE, 2 * PAGE);
  }

  @Test
  @Clause("MOCK-029")
  void rw_byNumber_findsTheArea() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    assertThat(bed.mapFixed(ioas, Bed.MEMORY + PAGE, PAGE, 9 * Bed.APERTURE).isOk()).isTrue();
    bed.processes.write(bed.process, Bed.MEMORY + PAGE + 3, new byte[] {42});
    bed.ok(0x3ba0, rw(access(ioas, 0), 1L | 3L << 32, 1, 1 << 16));
    assertThat(bed.processes.read(bed.process, Bed.DATA + 8, 1)).containsExactly(42);
  }

  @Test
  @Clause({"ACC-001", "ACC-031"})
  void close_lastDescriptor_destroysTheAccess() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    int access = access(ioas, 1);
    assertThat(pin(access, Bed.APERTURE, PAGE, 0)).isNull();
    assertThat(bed.destroy(ioas).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(ioas + 1).errno()).as("ACC-001").isEqualTo(Errno.EBUSY);
    bed.iommufd.close(
        Objects.requireNonNull(bed.processes.close(bed.process, access).orElse(null)));
    assertThat(bed.processes.allPins()).as("ACC-031").isZero();
    assertThat(bed.destroy(ioas).isOk()).isTrue();
  }
}
