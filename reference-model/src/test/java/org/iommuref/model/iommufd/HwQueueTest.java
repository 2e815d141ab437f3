package org.iommuref.model.iommufd;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.model.iommufd.viommu.Viommu;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.HardwareQueueHost;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HwQueueTest {

  private static final long PAGE = 4096;
  private static final int TYPE = 0xdeadbeef;

  private final Bed bed = new Bed();
  private int ioas;
  private int viommu;

  @BeforeEach
  void makeUnit() {
    ioas = bed.ioas();
    int device = bed.mockDomain(ioas).u32(24);
    int parent = bed.ok(0x3b89, Struct.of(48).u32(4, 1).u32(8, device).u32(12, ioas)).u32(16);
    Struct unit = Struct.of(40).u32(8, TYPE).u32(12, device).u32(16, parent);
    viommu = bed.ok(0x3b90, unit).u32(20);
  }

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private Struct queue(int index, long iova, long length) {
    return Struct.of(40).u32(8, viommu).u32(12, TYPE).u32(16, index).u64(24, iova).u64(32, length);
  }

  private void refused(Struct call, Errno errno) {
    assertThat(bed.call(0x3b94, call).errno()).isEqualTo(errno);
  }

  @Test
  void alloc_wrongArguments_isRefused() {
    refused(queue(0, Bed.APERTURE, PAGE).u32(4, 1), Errno.EOPNOTSUPP);
    refused(queue(0, Bed.APERTURE, PAGE).u32(12, 0), Errno.EOPNOTSUPP);
    refused(queue(0, Bed.APERTURE, 0), Errno.EINVAL);
    refused(queue(0, -1, PAGE), Errno.EOVERFLOW);
    refused(queue(0, Bed.APERTURE, PAGE).u32(8, ioas), Errno.ENOENT);
    refused(queue(0, Bed.APERTURE, PAGE).u32(12, 1), Errno.EOPNOTSUPP);
    refused(queue(0, 0, -1), Errno.ERANGE);
    refused(queue(0, 0, 1L << 62), Errno.ENOMEM);
    refused(queue(0, Bed.APERTURE, PAGE), Errno.ENOENT);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    refused(queue(2, Bed.APERTURE, PAGE), Errno.EINVAL);
    refused(queue(1, Bed.APERTURE, PAGE), Errno.EIO);
    assertThat(bed.checkRefs(Bed.MEMORY, PAGE, 1).isOk()).isTrue();
    assertThat(bed.unmap(ioas, Bed.APERTURE, PAGE).isOk()).isTrue();
  }

  @Test
  void alloc_mappedPages_holdsThem() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 2 * PAGE, Bed.APERTURE).isOk()).isTrue();
    int first = bed.ok(0x3b94, queue(0, Bed.APERTURE, PAGE)).u32(20);
    refused(queue(0, Bed.APERTURE, PAGE), Errno.EEXIST);
    assertThat(bed.unmap(ioas, Bed.APERTURE, 2 * PAGE).errno())
        .as("HWQ-016")
        .isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(first + 1).errno()).as("HWQ-015").isEqualTo(Errno.EBUSY);
    int second = bed.ok(0x3b94, queue(1, Bed.APERTURE + PAGE / 2, PAGE / 2)).u32(20);
    assertThat(bed.destroy(first).errno()).as("HWQ-018").isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(viommu).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(second).isOk()).isTrue();
    assertThat(bed.destroy(first).isOk()).isTrue();
    assertThat(bed.unmap(ioas, Bed.APERTURE, 2 * PAGE).isOk()).isTrue();
  }

  @Test
  @Clause("HWQ-021")
  void mockDriver_wrongAddress_isRefused() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    var objects = bed.iommufd.contextOf(bed.file).objects();
    Viommu unit = requireNonNull(objects.get(viommu, Viommu.class));
    var made = unit.driver().makeQueue(new Alone(), 0, new Iova(Bed.APERTURE), new PhysAddr(PAGE));
    objects.put(unit);
    assertThat(made.errno()).as("HWQ-021").isEqualTo(Errno.EFAULT);
  }

  /** A queue that needs no other. */
  private static final class Alone implements HardwareQueueHost {

    @Override
    public Result<Done> dependOn(HardwareQueueHost other) {
      return Result.done();
    }

    @Override
    public void undependOn(HardwareQueueHost other) {
      // it never depended
    }
  }

  @Test
  void alloc_anyAllocationFails_leavesNothing() {
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
    int nth = 0;
    boolean failed = true;
    while (failed) {
      nth++;
      bed.failures.set(nth);
      boolean made = bed.call(0x3b94, queue(0, Bed.APERTURE, PAGE)).isOk();
      failed = bed.failures.left() == 0;
      bed.failures.set(0);
      assertThat(made).as("allocation " + nth).isEqualTo(!failed);
      if (failed) {
        assertThat(bed.unmap(ioas, Bed.APERTURE, PAGE).isOk()).isTrue();
        assertThat(bed.mapFixed(ioas, Bed.MEMORY, PAGE, Bed.APERTURE).isOk()).isTrue();
      }
    }
    assertThat(nth).isGreaterThan(4);
  }
}
