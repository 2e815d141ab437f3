package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NestedTest {

  private static final int SELFTEST = 0xdead;
  private static final int INVALIDATION = 0xdeadbeef;
  private static final int DEFAULT = 0xbadbeef;

  private final Bed bed = new Bed();
  private int ioas;
  private Struct device;
  private int parent;

  @BeforeEach
  void makeParent() {
    ioas = bed.ioas();
    device = bed.mockDomain(ioas);
    parent = bed.ok(0x3b89, alloc(ioas, 1)).u32(16);
    bed.processes.write(bed.process, Bed.DATA, Struct.of(8).u32(0, DEFAULT).bytes());
  }

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private Struct alloc(int pt, int flags) {
    return Struct.of(48).u32(4, flags).u32(8, device.u32(24)).u32(12, pt);
  }

  private Struct nested(int pt, int flags) {
    return alloc(pt, flags).u32(24, SELFTEST).u32(28, 8).u64(32, Bed.DATA);
  }

  private Struct invalidate(int hwpt, int length, int number) {
    return Struct.of(32)
        .u32(4, hwpt)
        .u64(8, Bed.DATA)
        .u32(16, INVALIDATION)
        .u32(20, length)
        .u32(24, number);
  }

  private void entries(int... words) {
    Struct array = Struct.of(words.length * 4);
    for (int word = 0; word < words.length; word++) {
      array.u32(4 * word, words[word]);
    }
    bed.processes.write(bed.process, Bed.DATA, array.bytes());
  }

  private void refused(Struct call, Errno errno, int done) {
    assertThat(bed.call(0x3b8d, call).errno()).isEqualTo(errno);
    assertThat(call.u32(24)).as("GINV-008").isEqualTo(done);
  }

  private void holds(int hwpt, int... iotlb) {
    for (int entry = 0; entry < iotlb.length; entry++) {
      Struct check = bed.test(14, hwpt).u32(16, entry).u32(20, iotlb[entry]);
      assertThat(bed.call(0x3ba0, check).errno()).as("entry " + entry).isNull();
    }
  }

  @Test
  void nestedAlloc_wrongArguments_isRefused() {
    int plain = bed.ok(0x3b89, alloc(ioas, 0)).u32(16);
    assertThat(bed.call(0x3b89, alloc(parent, 0)).errno())
        .as("HWPT-017")
        .isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b89, nested(parent, 1)).errno())
        .as("HWPT-016")
        .isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b89, nested(plain, 0)).errno()).as("HWPT-019").isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3b89, nested(parent, 0).u32(24, SELFTEST + 1)).errno())
        .as("HWPT-036")
        .isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b89, nested(parent, 0).u32(28, 3)).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3b89, nested(parent, 0).u64(32, 0)).errno()).isEqualTo(Errno.EFAULT);
    int made = bed.ok(0x3b89, nested(parent, 0)).u32(16);
    assertThat(bed.call(0x3b89, nested(made, 0)).errno()).as("HWPT-006").isEqualTo(Errno.EINVAL);
    assertThat(bed.destroy(parent).errno()).as("the parent is held").isEqualTo(Errno.EBUSY);
  }

  @Test
  void invalidate_entries_areClearedUpToTheFirstError() {
    int hwpt = bed.ok(0x3b89, nested(parent, 0)).u32(16);
    holds(hwpt, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
    entries(0, 0, -1, 1);
    refused(invalidate(hwpt, 8, 2), Errno.EOPNOTSUPP, 1);
    holds(hwpt, 0, DEFAULT, DEFAULT, DEFAULT);
    entries(0, 1, 0, 4);
    refused(invalidate(hwpt, 8, 2), Errno.EINVAL, 1);
    holds(hwpt, 0, 0, DEFAULT, DEFAULT);
    entries(1, 0);
    assertThat(bed.ok(0x3b8d, invalidate(hwpt, 8, 1)).u32(24)).isEqualTo(1);
    holds(hwpt, 0, 0, 0, 0);
  }

  @Test
  void invalidate_wrongArguments_handlesNothing() {
    int hwpt = bed.ok(0x3b89, nested(parent, 0)).u32(16);
    entries(0, 0);
    refused(invalidate(hwpt, 8, 1).u32(28, 1), Errno.EOPNOTSUPP, 0);
    refused(invalidate(hwpt, 8, 1).u64(8, 0), Errno.EINVAL, 0);
    refused(invalidate(hwpt, 0, 1), Errno.EINVAL, 0);
    refused(invalidate(hwpt, 9, 1), Errno.EINVAL, 0);
    refused(invalidate(hwpt, 4097, 1), Errno.EINVAL, 0);
    refused(invalidate(hwpt, 8, (1 << 19) + 1), Errno.EINVAL, 0);
    refused(invalidate(99, 8, 1), Errno.ENOENT, 0);
    refused(invalidate(parent, 8, 1), Errno.EINVAL, 0);
    refused(invalidate(hwpt, 8, 1).u32(16, 1), Errno.EINVAL, 0);
    refused(invalidate(hwpt, 8, 1).u64(8, 1), Errno.EFAULT, 0);
    holds(hwpt, DEFAULT, DEFAULT, DEFAULT, DEFAULT);
    assertThat(bed.call(0x3b8d, invalidate(hwpt, 0, 0).u64(8, 0)).isOk()).as("GINV-010").isTrue();
    refused(invalidate(hwpt, 8, 0).u32(16, 1), Errno.EINVAL, 0);
  }

  @Test
  void attach_nestedTable_isBusyUntilReplaced() {
    int hwpt = bed.ok(0x3b89, nested(parent, 0)).u32(16);
    bed.ok(0x3ba0, bed.test(10, device.u32(16)).u32(16, hwpt));
    assertThat(bed.destroy(hwpt).errno()).isEqualTo(Errno.EBUSY);
    bed.ok(0x3ba0, bed.test(10, device.u32(16)).u32(16, ioas));
    assertThat(bed.destroy(hwpt).isOk()).isTrue();
    assertThat(bed.destroy(parent).isOk()).isTrue();
  }

  @Test
  void hwInfo_anyRoom_isFilled() {
    bed.processes.write(bed.process, Bed.DATA, new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
    Struct info = Struct.of(40).u32(8, device.u32(24)).u32(12, 11).u64(16, Bed.DATA);
    bed.ok(0x3b8a, info);
    assertThat(info.u32(12)).as("DEV-059").isEqualTo(8);
    assertThat(info.u32(24)).as("DEV-066").isEqualTo(0xfeedbeef);
    assertThat(info.u32(28)).as("no PASIDs").isZero();
    assertThat(info.u64(32)).isEqualTo(9);
    assertThat(bed.processes.read(bed.process, Bed.DATA, 12))
        .as("DEV-058")
        .containsExactly(0, 0, 0, 0, 0xef, 0xbe, 0xad, 0xde, 0, 0, 0, 9);
    assertThat(bed.ok(0x3b8a, info.u32(12, 0).u64(16, 0)).u32(12)).isEqualTo(8);
    assertThat(bed.call(0x3b8a, info).errno()).as("DEV-060").isEqualTo(Errno.EFAULT);
    assertThat(bed.call(0x3b8a, info.u32(4, 1).u32(24, 7)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b8a, info.u32(4, 2)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b8a, info.u32(4, 0).u32(28, 0x100)).errno())
        .as("DEV-052")
        .isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b8a, info.u32(28, 0).u32(8, ioas)).errno()).isEqualTo(Errno.ENOENT);
    Struct wide = bed.ok(0x3ba0, bed.test(12, ioas).u32(28, 4));
    bed.ok(0x3b8a, info.u32(8, wide.u32(24)).u32(12, 0));
    assertThat(info.u32(28)).as("DEV-064").isEqualTo(20);
  }

  private @Nullable Errno pasid(int op, int stdev, int pasid, int pt) {
    return bed.call(0x3ba0, bed.test(op, stdev).u32(16, pasid).u32(20, pt)).errno();
  }

  @Test
  void pasid_attachReplaceDetach_changesOnlyIt() {
    int stdev = bed.ok(0x3ba0, bed.test(12, ioas).u32(28, 4)).u32(16);
    int one = bed.ok(0x3b89, alloc(ioas, 8)).u32(16);
    int two = bed.ok(0x3b89, nested(parent, 8)).u32(16);
    assertThat(pasid(18, stdev, 100, one)).as("DEV-038").isEqualTo(Errno.EINVAL);
    bed.ok(0x3ba0, bed.test(10, stdev).u32(16, one));
    assertThat(pasid(19, stdev, 100, one)).as("DEV-024").isEqualTo(Errno.EINVAL);
    assertThat(pasid(18, stdev, 100, parent)).as("DEV-037").isEqualTo(Errno.EINVAL);
    assertThat(pasid(18, stdev, 100, ioas)).as("DEV-041").isEqualTo(Errno.EINVAL);
    assertThat(pasid(18, stdev, -1, two)).as("DEV-042").isEqualTo(Errno.EINVAL);
    assertThat(pasid(21, stdev, 100, 0)).isNull();
    assertThat(pasid(18, stdev, 100, two)).isNull();
    assertThat(pasid(18, stdev, 100, one)).as("DEV-043").isEqualTo(Errno.EBUSY);
    assertThat(pasid(21, stdev, 100, two)).isNull();
    assertThat(pasid(21, stdev, 0, one)).isNull();
    assertThat(pasid(21, stdev, 100, one)).isEqualTo(Errno.EINVAL);
    assertThat(pasid(21, stdev, 100, 99)).isEqualTo(Errno.ENOENT);
    assertThat(pasid(21, stdev, 100, ioas)).isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3ba0, bed.test(10, stdev).u32(16, ioas)).errno())
        .as("DEV-040")
        .isEqualTo(Errno.EINVAL);
    assertThat(pasid(19, stdev, 100, one)).isNull();
    assertThat(bed.destroy(two).isOk()).isTrue();
    assertThat(pasid(20, stdev, 100, 0)).isNull();
    assertThat(pasid(20, stdev, 100, 0)).as("DEV-020").isNull();
    assertThat(pasid(20, ioas, 100, 0)).isEqualTo(Errno.ENOENT);
  }

  @Test
  void pasid1024_secondUse_fails() {
    int stdev = bed.ok(0x3ba0, bed.test(12, ioas).u32(28, 4)).u32(16);
    int one = bed.ok(0x3b89, alloc(ioas, 8)).u32(16);
    int two = bed.ok(0x3b89, alloc(ioas, 8)).u32(16);
    bed.ok(0x3ba0, bed.test(10, stdev).u32(16, one));
    assertThat(pasid(18, stdev, 1024, one)).isNull();
    assertThat(pasid(19, stdev, 1024, two)).as("DEV-049").isEqualTo(Errno.ENOMEM);
    assertThat(pasid(21, stdev, 1024, one)).as("DEV-048").isNull();
    assertThat(pasid(20, stdev, 1024, 0)).isNull();
  }
}
