package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MapFileTest {

  private static final long PAGE = 4096;

  private final Bed bed = new Bed();
  private final int ioas = bed.ioas();

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private @Nullable Errno map(int descriptor, long start, long length) {
    return bed.call(
            0x3b8f,
            Struct.of(40)
                .u32(4, 7)
                .u32(8, ioas)
                .u32(12, descriptor)
                .u64(16, start)
                .u64(24, length)
                .u64(32, Bed.APERTURE))
        .errno();
  }

  @Test
  @Clause({"IOAS-077", "IOAS-079"})
  void mapFile_memory_isThatOfTheFile() {
    int file = bed.processes.memoryFile(bed.process, 4 * PAGE);
    int hwpt = bed.mockDomain(ioas).u32(20);
    bed.processes.mapFile(bed.process, 0x50_0000, 4 * PAGE, file, 0, true, true);
    assertThat(map(file, PAGE, 2 * PAGE)).isNull();
    assertThat(bed.processes.close(bed.process, file)).isEmpty();
    assertThat(bed.checkMap(hwpt, Bed.APERTURE, 2 * PAGE, 0x50_0000 + PAGE).isOk())
        .as("IOAS-077, IOAS-079")
        .isTrue();
    assertThat(bed.iommufd.accounting().lockedBy(1000)).isEqualTo(2);
  }

  @Test
  @Clause({"IOAS-068", "IOAS-069", "IOAS-070", "IOAS-074", "IOAS-075", "IOAS-076"})
  void mapFile_refused_tellsWhy() {
    int file = bed.processes.memoryFile(bed.process, PAGE);
    int other = bed.processes.otherFile(bed.process);
    assertThat(map(file, 0, 0)).as("IOAS-068").isEqualTo(Errno.EINVAL);
    assertThat(map(file, -1L, 2)).as("IOAS-069").isEqualTo(Errno.EOVERFLOW);
    assertThat(map(99, 0, PAGE)).as("IOAS-070").isEqualTo(Errno.EBADF);
    assertThat(map(other, 0, PAGE)).as("IOAS-074").isNull();
    assertThat(bed.unmap(ioas, Bed.APERTURE, PAGE).isOk()).isTrue();
    bed.mockDomain(ioas);
    assertThat(map(other, 0, PAGE)).as("IOAS-075").isEqualTo(Errno.EINVAL);
    assertThat(map(file, 0, PAGE + 2048)).as("IOAS-076").isEqualTo(Errno.EINVAL);
    assertThat(map(file, 0, PAGE)).isNull();
  }
}
