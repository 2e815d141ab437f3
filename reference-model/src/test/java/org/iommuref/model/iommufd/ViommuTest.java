package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViommuTest {

  private static final int TYPE = 0xdeadbeef;
  private static final int EVENTS = 0xbeefbeef;
  private static final int CACHED = 0xbaddad;
  private static final long IN = Bed.DATA + 0x1000;

  private final Bed bed = new Bed();
  private int ioas;
  private Struct device;
  private int parent;
  private int viommu;
  private int hwpt;

  @BeforeEach
  void makeUnit() {
    ioas = bed.ioas();
    device = bed.mockDomain(ioas);
    parent = bed.ok(0x3b89, alloc(ioas, 1)).u32(16);
    viommu = bed.ok(0x3b90, unit()).u32(20);
    bed.processes.write(bed.process, Bed.DATA, new byte[8]);
    hwpt = bed.ok(0x3b89, nested(viommu)).u32(16);
  }

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  private Struct alloc(int pt, int flags) {
    return Struct.of(48).u32(4, flags).u32(8, device.u32(24)).u32(12, pt);
  }

  private Struct nested(int pt) {
    return alloc(pt, 0).u32(24, 0xdead).u32(28, 8).u64(32, Bed.DATA);
  }

  private Struct unit() {
    return Struct.of(40).u32(8, TYPE).u32(12, device.u32(24)).u32(16, parent);
  }

  private Struct vdevice(long virtualId) {
    return Struct.of(24).u32(4, viommu).u32(8, device.u32(24)).u64(16, virtualId);
  }

  private Struct veventq(int depth) {
    return Struct.of(32).u32(8, viommu).u32(12, EVENTS).u32(16, depth);
  }

  private @Nullable Errno replace(int pt) {
    return bed.call(0x3ba0, bed.test(10, device.u32(16)).u32(16, pt)).errno();
  }

  private @Nullable Errno trigger() {
    return bed.call(0x3ba0, bed.test(17, 0).u32(16, device.u32(24))).errno();
  }

  private FileId fileOf(Struct made) {
    return ((Descriptor.Ours) bed.processes.descriptor(bed.process, made.u32(24))).file();
  }

  private Result<Integer> read(FileId file, long count) {
    return bed.iommufd.read(bed.caller(), file, IN, count);
  }

  private void wasRead(int index, int... words) {
    Struct record = Struct.of(words.length * 4);
    record.replace(bed.processes.read(bed.process, IN + index, words.length * 4));
    for (int word = 0; word < words.length; word++) {
      assertThat(record.u32(4 * word)).as("word " + word).isEqualTo(words[word]);
    }
  }

  @Test
  void alloc_wrongArguments_isRefused() {
    assertThat(bed.call(0x3b90, unit().u32(4, 1)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b90, unit().u32(8, 0)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b90, unit().u32(12, ioas)).errno()).isEqualTo(Errno.ENOENT);
    assertThat(bed.call(0x3b90, unit().u32(8, 0xdead).u32(16, 0)).errno())
        .as("VIOMMU-007")
        .isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b90, unit().u32(16, hwpt)).errno()).isEqualTo(Errno.ENOENT);
    int plain = bed.ok(0x3b89, alloc(ioas, 0)).u32(16);
    assertThat(bed.call(0x3b90, unit().u32(16, plain)).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3b90, unit().u32(24, 7)).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3b90, unit().u32(24, 24).u64(32, 1)).errno()).isEqualTo(Errno.EFAULT);
    assertThat(bed.destroy(viommu).errno()).as("a page table holds it").isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(parent).errno()).isEqualTo(Errno.EBUSY);
    assertThat(bed.destroy(hwpt).isOk()).isTrue();
    assertThat(bed.destroy(viommu).isOk()).isTrue();
    assertThat(bed.destroy(parent).isOk()).isTrue();
  }

  @Test
  void alloc_withData_offersARegion() {
    bed.processes.write(bed.process, Bed.DATA, Struct.of(24).u32(0, 0xbeef).bytes());
    int made = bed.ok(0x3b90, unit().u32(24, 24).u64(32, Bed.DATA)).u32(20);
    Struct data = Struct.of(24);
    data.replace(bed.processes.read(bed.process, Bed.DATA, 24));
    assertThat(data.u32(4)).as("VIOMMU-023").isEqualTo(0xbeef);
    assertThat(data.u64(16)).isEqualTo(8192);
    long offset = data.u64(8);
    assertThat(map(offset + 4096, 8192, true, false).errno()).isEqualTo(Errno.ENXIO);
    assertThat(map(offset, 4096, true, false).errno()).isEqualTo(Errno.ENXIO);
    assertThat(map(offset, 8192, false, false).errno()).isEqualTo(Errno.EINVAL);
    assertThat(map(offset, 8192, true, true).errno()).isEqualTo(Errno.EPERM);
    long[] frames = map(offset, 8192, true, false).value();
    assertThat(frames).hasSize(2);
    assertThat(bed.destroy(made).errno()).as("the mapping holds it").isEqualTo(Errno.EBUSY);
    assertThat(bed.iommufd.munmap(bed.file, offset).isOk()).isTrue();
    assertThat(bed.destroy(made).isOk()).isTrue();
    assertThat(map(offset, 8192, true, false).errno()).isEqualTo(Errno.ENXIO);
  }

  private Result<long[]> map(long offset, long length, boolean shared, boolean executable) {
    return bed.iommufd.mmap(bed.caller(), bed.file, offset, length, shared, executable);
  }

  @Test
  void vdevice_alloc_namesTheDeviceUntilItGoes() {
    assertThat(replace(hwpt)).as("VIOMMU-022").isEqualTo(Errno.ENOENT);
    assertThat(bed.call(0x3b91, vdevice(9).u32(4, hwpt)).errno()).isEqualTo(Errno.ENOENT);
    assertThat(bed.call(0x3b91, vdevice(9).u32(8, hwpt)).errno()).isEqualTo(Errno.ENOENT);
    int made = bed.ok(0x3b91, vdevice(9)).u32(12);
    assertThat(bed.call(0x3b91, vdevice(8)).errno()).as("VIOMMU-013").isEqualTo(Errno.EEXIST);
    int other = bed.mockDomain(ioas).u32(24);
    assertThat(bed.call(0x3b91, vdevice(9).u32(8, other)).errno())
        .as("VIOMMU-014")
        .isEqualTo(Errno.EEXIST);
    assertThat(replace(hwpt)).isNull();
    assertThat(replace(ioas)).isNull();
    assertThat(bed.destroy(made).isOk()).isTrue();
    int again = bed.ok(0x3b91, vdevice(9)).u32(12);
    assertThat(bed.destroy(device.u32(16)).isOk()).isTrue();
    assertThat(bed.destroy(again).errno()).as("VIOMMU-020").isEqualTo(Errno.ENOENT);
    for (int made2 = bed.ioas(); made2 <= again; made2 = bed.ioas()) {
      assertThat(made2).as("a tombstone keeps its id").isNotEqualTo(again);
    }
  }

  @Test
  void invalidate_entries_clearTheDevicesCache() {
    bed.ok(0x3b91, vdevice(0x99));
    holds(CACHED, CACHED, CACHED, CACHED);
    refused(Errno.EOPNOTSUPP, 1, 0, 0x99, 0, -1, 0x99, 1);
    holds(0, CACHED, CACHED, CACHED);
    refused(Errno.EINVAL, 1, 0, 0x99, 1, 0, 0x99, 4);
    refused(Errno.EINVAL, 0, 0, 9, 3);
    holds(0, 0, CACHED, CACHED);
    assertThat(invalidate(1, 0x99, 0).errno()).isNull();
    holds(0, 0, 0, 0);
    Struct none = Struct.of(32).u32(4, viommu).u32(16, TYPE);
    assertThat(bed.call(0x3b8d, none).isOk()).as("GINV-010").isTrue();
    assertThat(bed.call(0x3b8d, none.u32(16, 1)).errno()).isEqualTo(Errno.EINVAL);
    Struct odd = Struct.of(32).u32(4, viommu).u64(8, Bed.DATA).u32(16, TYPE).u32(24, 1);
    assertThat(bed.call(0x3b8d, odd.u32(20, 1)).errno()).isEqualTo(Errno.EINVAL);
    bed.processes.write(bed.process, Bed.DATA, Struct.of(16).u32(0, 0).u32(12, 1).bytes());
    assertThat(bed.call(0x3b8d, odd.u32(20, 16).u32(24, 1)).errno()).isEqualTo(Errno.E2BIG);
    assertThat(bed.call(0x3b8d, odd.u64(8, 1).u32(24, 1)).errno()).isEqualTo(Errno.EFAULT);
  }

  private Struct array(int... words) {
    Struct array = Struct.of(words.length * 4);
    for (int word = 0; word < words.length; word++) {
      array.u32(4 * word, words[word]);
    }
    bed.processes.write(bed.process, Bed.DATA, array.bytes());
    return Struct.of(32)
        .u32(4, viommu)
        .u64(8, Bed.DATA)
        .u32(16, TYPE)
        .u32(20, 12)
        .u32(24, words.length / 3);
  }

  private Result<Integer> invalidate(int... words) {
    return bed.call(0x3b8d, array(words));
  }

  private void refused(Errno errno, int done, int... words) {
    Struct call = array(words);
    assertThat(bed.call(0x3b8d, call).errno()).isEqualTo(errno);
    assertThat(call.u32(24)).as("GINV-008").isEqualTo(done);
  }

  private void holds(int... cache) {
    for (int entry = 0; entry < cache.length; entry++) {
      Struct check = bed.test(16, device.u32(24)).u32(16, entry).u32(20, cache[entry]);
      assertThat(bed.call(0x3ba0, check).errno()).as("entry " + entry).isNull();
    }
  }

  @Test
  void veventq_alloc_isChecked() {
    assertThat(bed.call(0x3b93, veventq(0)).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3b93, veventq((1 << 19) + 1)).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.call(0x3b93, veventq(1).u32(12, 0)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b93, veventq(1).u32(28, 1)).errno()).isEqualTo(Errno.EOPNOTSUPP);
    assertThat(bed.call(0x3b93, veventq(1).u32(8, hwpt)).errno()).isEqualTo(Errno.ENOENT);
    for (int nth = 1; nth <= 4; nth++) {
      bed.failures.set(nth);
      assertThat(bed.call(0x3b93, veventq(1)).isOk()).as("allocation " + nth).isFalse();
    }
    Struct made = bed.ok(0x3b93, veventq(1));
    assertThat(bed.call(0x3b93, veventq(1)).errno()).as("VEVENTQ-004").isEqualTo(Errno.EEXIST);
    assertThat(bed.destroy(made.u32(20)).errno()).as("the file holds it").isEqualTo(Errno.EBUSY);
    bed.iommufd.close(fileOf(made));
    assertThat(bed.destroy(made.u32(20)).isOk()).isTrue();
    assertThat(bed.ok(0x3b93, veventq(1)).u32(20)).isPositive();
    bed.iommufd.close(fileOf(veventqMade()));
  }

  private Struct veventqMade() {
    Struct made = Struct.of(32);
    made.replace(Arrays.copyOf(bed.processes.read(bed.process, Bed.STRUCT, 32), 32));
    return made;
  }

  @Test
  void veventq_tooManyEvents_tellsTheLoss() {
    FileId file = fileOf(bed.ok(0x3b93, veventq(2)));
    assertThat(trigger()).as("no virtual unit").isEqualTo(Errno.ENOENT);
    bed.ok(0x3b91, vdevice(0x99));
    assertThat(replace(hwpt)).isNull();
    assertThat(read(file, 7).errno()).as("VEVENTQ-021").isEqualTo(Errno.EINVAL);
    assertThat(read(file, 8).value()).as("VEVENTQ-022").isZero();
    assertThat(bed.iommufd.poll(file)).isEmpty();
    assertThat(trigger()).isNull();
    assertThat(bed.iommufd.poll(file)).containsExactly(Readiness.READABLE);
    assertThat(read(file, 8).errno()).as("VEVENTQ-023").isEqualTo(Errno.EINVAL);
    assertThat(read(file, 23).value()).isEqualTo(12);
    wasRead(0, 0, 0, 0x99);
    for (int event = 1; event <= 4; event++) {
      assertThat(trigger()).isNull();
    }
    assertThat(bed.iommufd.read(bed.caller(), file, 1, 64).errno()).isEqualTo(Errno.EFAULT);
    assertThat(read(file, 24).value()).isEqualTo(24);
    wasRead(0, 0, 1, 0x99, 0, 2, 0x99);
    assertThat(read(file, 64).value()).as("VEVENTQ-016").isEqualTo(8);
    wasRead(0, 1, 4);
    assertThat(trigger()).isNull();
    assertThat(read(file, 64).value()).isEqualTo(12);
    wasRead(0, 0, 5, 0x99);
    assertThat(bed.iommufd.write(bed.caller(), file, IN, 8).errno()).isEqualTo(Errno.EINVAL);
    bed.failures.set(2); // behind the injection into the lookup of the device
    assertThat(trigger()).as("VEVENTQ-018").isEqualTo(Errno.ENOMEM);
    assertThat(read(file, 64).value()).isEqualTo(8);
    bed.iommufd.close(file);
  }
}
