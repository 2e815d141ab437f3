package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.vfio.VfioContainers;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VfioTest {

  private static final long PAGE = 4096;
  private static final int EXTENSION = 0x3b65;
  private static final int SET_IOMMU = 0x3b66;
  private static final int GET_INFO = 0x3b70;
  private static final int MAP = 0x3b71;
  private static final int UNMAP = 0x3b72;

  private final Bed bed = new Bed();

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private Result<Integer> plain(int command, long argument) {
    return bed.iommufd.ioctl(bed.caller(), bed.file, command, argument);
  }

  private int container() {
    int ioas = bed.ioas();
    bed.ok(0x3b88, Struct.of(12).u32(4, ioas).u16(8, 1));
    return ioas;
  }

  private @Nullable Errno map(long address, long length, long iova) {
    Struct map = Struct.of(32).u32(4, 3).u64(8, address).u64(16, iova).u64(24, length);
    return bed.call(MAP, map).errno();
  }

  private Struct unmapStruct(long iova, long length, int flags) {
    return Struct.of(24).u32(4, flags).u64(8, iova).u64(16, length);
  }

  private @Nullable Errno unmap(long iova, long length) {
    return bed.call(UNMAP, unmapStruct(iova, length, 0)).errno();
  }

  @Test
  @Clause({"VFIO-001", "VFIO-007", "VFIO-008", "VFIO-009", "VFIO-010", "VFIO-012", "VFIO-013"})
  void container_withoutIoas_knowsOnlyWhatItCan() {
    assertThat(plain(0x3b64, 77)).as("VFIO-007").isEqualTo(Result.ok(0));
    for (int type : new int[] {1, 3, 9}) {
      assertThat(plain(EXTENSION, type)).as("VFIO-008").isEqualTo(Result.ok(1));
    }
    for (int type : new int[] {0, 2, 6, 8, 10}) {
      assertThat(plain(EXTENSION, type)).as("VFIO-008").isEqualTo(Result.ok(0));
    }
    assertThat(plain(EXTENSION, 4).errno()).as("VFIO-010").isEqualTo(Errno.ENODEV);
    assertThat(plain(SET_IOMMU, 1).errno()).as("VFIO-013").isEqualTo(Errno.ENODEV);
    assertThat(plain(SET_IOMMU, 2).errno()).as("VFIO-012").isEqualTo(Errno.EINVAL);
    assertThat(map(Bed.MEMORY, PAGE, 0)).as("VFIO-022").isEqualTo(Errno.ENODEV);
    assertThat(unmap(0, PAGE)).as("VFIO-028").isEqualTo(Errno.ENODEV);
    assertThat(bed.call(GET_INFO, Struct.of(24)).errno()).as("VFIO-042").isEqualTo(Errno.ENODEV);
    assertThat(bed.call(GET_INFO, Struct.of(24).u32(0, 15)).errno()).isEqualTo(Errno.EINVAL);
    assertThat(plain(0x3b75, 0).errno()).as("VFIO-001").isEqualTo(Errno.ENOTTY);
  }

  @Test
  @Clause({"VFIO-002", "VFIO-003", "VFIO-004", "VFIO-005", "VFIO-006"})
  void vfioIoas_setAndDestroyed_isGone() {
    assertThat(bed.call(0x3b88, Struct.of(12)).errno()).as("VFIO-002").isEqualTo(Errno.ENODEV);
    assertThat(bed.call(0x3b88, Struct.of(12).u32(4, 9).u16(8, 1)).errno())
        .as("VFIO-003")
        .isEqualTo(Errno.ENOENT);
    assertThat(bed.call(0x3b88, Struct.of(12).u16(8, 3)).errno())
        .as("VFIO-005")
        .isEqualTo(Errno.EOPNOTSUPP);
    int ioas = container();
    assertThat(bed.ok(0x3b88, Struct.of(12)).u32(4)).as("VFIO-002").isEqualTo(ioas);
    assertThat(bed.destroy(ioas).isOk()).as("VFIO-006").isTrue();
    assertThat(bed.call(0x3b88, Struct.of(12)).errno()).as("VFIO-006").isEqualTo(Errno.ENODEV);
    container();
    bed.ok(0x3b88, Struct.of(12).u16(8, 2));
    assertThat(bed.call(0x3b88, Struct.of(12)).errno()).as("VFIO-004").isEqualTo(Errno.ENODEV);
  }

  @Test
  @Clause({"VFIO-014", "VFIO-033", "VFIO-035", "VFIO-036"})
  void unmap_partInType1_cutsAndKeepsTheRest() {
    int ioas = container();
    int hwpt = bed.mockDomain(ioas).u32(20);
    assertThat(plain(SET_IOMMU, 1)).isEqualTo(Result.ok(0));
    assertThat(map(Bed.MEMORY, 8 * PAGE, Bed.APERTURE)).isNull();
    assertThat(unmap(Bed.APERTURE + 2 * PAGE, 3 * PAGE)).as("VFIO-033").isNull();
    assertThat(bed.checkRefs(Bed.MEMORY, 2 * PAGE, 1).isOk()).as("VFIO-035").isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY + 2 * PAGE, 3 * PAGE, 0).isOk()).isTrue();
    assertThat(bed.checkRefs(Bed.MEMORY + 5 * PAGE, 3 * PAGE, 1).isOk()).isTrue();
    assertThat(bed.checkMap(hwpt, Bed.APERTURE + 5 * PAGE, 3 * PAGE, Bed.MEMORY + 5 * PAGE).isOk())
        .as("VFIO-035")
        .isTrue();
    assertThat(bed.iommufd.accounting().lockedBy(1000)).as("VFIO-035").isEqualTo(5);
    assertThat(bed.destroy(hwpt).errno()).isEqualTo(Errno.EBUSY);
  }

  @Test
  @Clause({"VFIO-015", "VFIO-029", "VFIO-030", "VFIO-031", "VFIO-034"})
  void unmap_type1v2_takesWholeAreas() {
    container();
    assertThat(plain(SET_IOMMU, 3)).isEqualTo(Result.ok(0));
    assertThat(map(Bed.MEMORY, 4 * PAGE, Bed.APERTURE)).isNull();
    assertThat(map(Bed.MEMORY, PAGE, Bed.APERTURE + 8 * PAGE)).isNull();
    Struct part = unmapStruct(Bed.APERTURE, PAGE, 0);
    assertThat(bed.call(UNMAP, part).errno()).as("VFIO-034").isEqualTo(Errno.ENOENT);
    assertThat(part.u64(16)).as("VFIO-031").isZero();
    assertThat(bed.ok(UNMAP, unmapStruct(0, PAGE, 0)).u64(16)).as("VFIO-030").isZero();
    assertThat(bed.call(UNMAP, unmapStruct(1, 0, 2)).errno())
        .as("VFIO-029")
        .isEqualTo(Errno.EINVAL);
    Struct all = bed.ok(UNMAP, unmapStruct(0, 0, 2));
    assertThat(all.u64(16)).as("VFIO-029").isEqualTo(5 * PAGE);
  }

  @Test
  @Clause({"VFIO-043", "VFIO-044", "VFIO-045", "VFIO-046", "VFIO-047"})
  void getInfo_everyArgsz_writesNothingBehindIt() {
    bed.mockDomain(container());
    Struct whole = bed.ok(GET_INFO, info(24));
    int total = 24 + 16 + 32;
    assertThat(whole.u32(0)).as("VFIO-046").isEqualTo(total);
    assertThat(whole.u32(16)).as("VFIO-045").isZero();
    assertThat(whole.u64(8)).as("VFIO-043").isEqualTo((1L << 37) - (1L << 12));
    for (int argsz = 16; argsz <= total; argsz++) {
      Struct struct = bed.ok(GET_INFO, info(argsz));
      assertThat(struct.u32(0)).isEqualTo(total);
      for (int offset = argsz; offset < struct.bytes().length; offset++) {
        assertThat(struct.bytes()[offset]).as("VFIO-047").isEqualTo((byte) 0x5a);
      }
    }
    Struct full = bed.ok(GET_INFO, info(total));
    assertThat(full.u32(16)).as("VFIO-045").isEqualTo(24);
    assertThat(full.u32(24)).as("VFIO-044").isEqualTo(3 | 1 << 16);
    assertThat(full.u32(28)).as("VFIO-044").isEqualTo(40);
    assertThat(full.u32(32)).as("VFIO-044").isEqualTo(-1);
    assertThat(full.u32(40)).as("VFIO-044").isEqualTo(1 | 1 << 16);
    assertThat(full.u32(48)).as("VFIO-044").isEqualTo(1);
    assertThat(full.u64(56)).as("VFIO-044").isEqualTo(Bed.APERTURE);
    assertThat(full.u64(64)).as("VFIO-044").isEqualTo((1L << 31) - 1);
  }

  private static Struct info(int argsz) {
    Struct struct = Struct.of(96);
    for (int offset = 4; offset < 96; offset += 4) {
      struct.u32(offset, 0x5a5a5a5a);
    }
    return struct.u32(0, argsz);
  }

  @Test
  @Clause({"VFIO-009", "VFIO-011", "VFIO-016", "VFIO-018", "VFIO-019"})
  void container_withGroupWithoutUnit_takesNoOther() {
    Context context = bed.iommufd.contextOf(bed.file);
    assertThat(plain(SET_IOMMU, 8).errno()).as("VFIO-012").isEqualTo(Errno.EINVAL);
    assertThat(VfioContainers.putGroupWithoutUnit(context)).as("VFIO-018").isNull();
    assertThat(plain(EXTENSION, 8)).as("VFIO-009").isEqualTo(Result.ok(1));
    for (int type : new int[] {1, 3, 9}) {
      assertThat(plain(EXTENSION, type)).as("VFIO-011").isEqualTo(Result.ok(0));
    }
    assertThat(plain(SET_IOMMU, 8).errno()).as("VFIO-016").isEqualTo(Errno.EPERM);
    assertThat(plain(SET_IOMMU, 1).errno()).as("VFIO-016").isEqualTo(Errno.EINVAL);
    bed.withRights(Caller.Right.SYS_RAWIO);
    assertThat(plain(SET_IOMMU, 8)).as("VFIO-016").isEqualTo(Result.ok(0));
    assertThat(VfioContainers.putGroup(context)).as("VFIO-018").isEqualTo(Errno.EINVAL);
    assertThat(VfioContainers.ioasOf(context).errno()).as("VFIO-019").isEqualTo(Errno.ENODEV);
    assertThat(bed.ioas()).as("VFIO-018: the IOAS that was not taken is gone").isEqualTo(1);
  }

  @Test
  @Clause({"VFIO-017", "VFIO-018", "VFIO-019"})
  void container_withGroup_hasAnIoas() {
    Context context = bed.iommufd.contextOf(bed.file);
    assertThat(VfioContainers.putGroup(context)).as("VFIO-017").isNull();
    int ioas = bed.ok(0x3b88, Struct.of(12)).u32(4);
    assertThat(VfioContainers.ioasOf(context)).as("VFIO-019").isEqualTo(Result.ok(ioas));
    assertThat(VfioContainers.putGroup(context)).as("VFIO-017: it has one").isNull();
    assertThat(VfioContainers.ioasOf(context)).as("VFIO-017").isEqualTo(Result.ok(ioas));
    assertThat(VfioContainers.putGroupWithoutUnit(context)).as("VFIO-018").isEqualTo(Errno.EINVAL);
    assertThat(map(Bed.MEMORY, PAGE, 0)).as("VFIO-017").isNull();
    assertThat(bed.destroy(ioas)).as("VFIO-017").isEqualTo(Result.ok(0));
    assertThat(VfioContainers.ioasOf(context).errno()).as("VFIO-019").isEqualTo(Errno.ENODEV);
  }
}
