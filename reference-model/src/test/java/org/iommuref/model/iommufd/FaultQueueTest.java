package org.iommuref.model.iommufd;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.model.iommufd.device.Device;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultQueueTest {

  private static final long IN = Bed.DATA + 0x1000;

  private final Bed bed = new Bed();
  private int ioas;
  private Struct device;
  private int parent;
  private int queue;
  private FileId file = new FileId(1);
  private int hwpt;

  @BeforeEach
  void attachToReportingTable() {
    ioas = bed.ioas();
    device = bed.ok(0x3ba0, bed.test(12, ioas).u32(28, 4));
    parent = bed.ok(0x3b89, alloc(ioas, 9)).u32(16);
    Struct made = bed.ok(0x3b8e, Struct.of(16));
    queue = made.u32(8);
    file = ((Descriptor.Ours) bed.processes.descriptor(bed.process, made.u32(12))).file();
    bed.processes.write(bed.process, Bed.DATA, new byte[8]);
    hwpt = nested();
    replace(hwpt);
  }

  @AfterEach
  void nothingIsLeft() {
    if (bed.iommufd.openFiles() == 2) {
      bed.iommufd.close(file);
    }
    bed.close();
  }

  private Struct alloc(int pt, int flags) {
    return Struct.of(48).u32(4, flags).u32(8, device.u32(24)).u32(12, pt);
  }

  private int nested() {
    Struct alloc = alloc(parent, 4 + 8).u32(24, 0xdead).u32(28, 8).u64(32, Bed.DATA);
    return bed.ok(0x3b89, alloc.u32(40, queue)).u32(16);
  }

  private void replace(int pt) {
    bed.ok(0x3ba0, bed.test(10, device.u32(16)).u32(16, pt));
  }

  private void trigger(int pasid, int group, long address) {
    Struct request = bed.test(15, 0).u32(16, device.u32(24)).u32(20, pasid).u32(24, group);
    bed.ok(0x3ba0, request.u32(28, 1).u64(32, address));
  }

  private Result<Integer> read(long count) {
    return bed.iommufd.read(bed.caller(), file, IN, count);
  }

  private Struct record(int index) {
    Struct record = Struct.of(40);
    record.replace(bed.processes.read(bed.process, IN + 40L * index, 40));
    return record;
  }

  private Result<Integer> answer(int... words) {
    Struct answers = Struct.of(words.length * 4);
    for (int word = 0; word < words.length; word++) {
      answers.u32(4 * word, words[word]);
    }
    bed.processes.write(bed.process, Bed.DATA, answers.bytes());
    return bed.iommufd.write(bed.caller(), file, Bed.DATA, words.length * 4L);
  }

  @Test
  void queue_request_isReadAndAnsweredOnce() {
    assertThat(read(40).value()).as("IOPF-015").isZero();
    assertThat(bed.iommufd.poll(file)).as("IOPF-029").containsExactly(Readiness.WRITABLE);
    trigger(0, 7, 0xdeadbeaf000L);
    assertThat(bed.iommufd.poll(file)).as("IOPF-030").contains(Readiness.READABLE);
    assertThat(read(40).value()).isEqualTo(40);
    Struct record = record(0);
    assertThat(record.u32(0)).as("LAST_PAGE").isEqualTo(2);
    assertThat(record.u32(4)).as("IOPF-011").isEqualTo(device.u32(24));
    assertThat(record.u32(12)).isEqualTo(7);
    assertThat(record.u32(16)).isEqualTo(1);
    assertThat(record.u64(24)).isEqualTo(0xdeadbeaf000L);
    assertThat(record.u32(36)).as("IOPF-012").isEqualTo(1);
    assertThat(bed.iommufd.poll(file)).containsExactly(Readiness.WRITABLE);
    assertThat(answer(1, 2).errno()).as("IOPF-024").isEqualTo(Errno.EINVAL);
    assertThat(answer(1, 0, 1, 0).value()).as("IOPF-026").isEqualTo(8);
    assertThat(answer(1, 0).errno()).as("IOPF-025").isEqualTo(Errno.EINVAL);
  }

  @Test
  void read_wrongLengths_areRefused() {
    assertThat(read(39).errno()).as("IOPF-014").isEqualTo(Errno.ESPIPE);
    assertThat(bed.iommufd.write(bed.caller(), file, IN, 7).errno()).isEqualTo(Errno.ESPIPE);
    assertThat(bed.iommufd.write(bed.caller(), file, IN, 0).value()).as("IOPF-022").isZero();
    assertThat(bed.iommufd.write(bed.caller(), file, 1, 8).errno()).isEqualTo(Errno.EFAULT);
    trigger(0, 1, 0);
    trigger(0, 2, 0);
    assertThat(read(0).errno()).as("IOPF-016").isEqualTo(Errno.EINVAL);
    assertThat(bed.iommufd.read(bed.caller(), file, 1, 40).errno()).isEqualTo(Errno.EFAULT);
    bed.failures.set(1);
    assertThat(read(40).errno()).as("IOPF-019").isEqualTo(Errno.ENOMEM);
    assertThat(read(40).value()).as("IOPF-018").isEqualTo(40);
    assertThat(record(0).u32(12)).as("IOPF-013").isEqualTo(1);
    assertThat(read(120).value()).isEqualTo(40);
    assertThat(record(0).u32(12)).isEqualTo(2);
    assertThat(record(0).u32(36)).isEqualTo(2);
    assertThat(answer(2, 0, 1, 1).value()).as("IOPF-028").isEqualTo(16);
  }

  @Test
  @Clause({"IOPF-008", "IOPF-010"})
  void read_groupOfSeveralRequests_isOneRecordForEachInOneRead() {
    var context = bed.iommufd.contextOf(bed.file);
    var faults = context.kernel().core().pageFaults();
    Device bound = requireNonNull(context.objects().get(device.u32(24), Device.class));
    Rid rid = bound.rid();
    context.objects().put(bound);
    assertThat(faults.report(rid, new PageRequest(0, 0, 5, 1, 0x1000)).isOk()).isTrue();
    assertThat(faults.report(rid, new PageRequest(0, 0, 6, 1, 0x9000)).isOk()).isTrue();
    assertThat(faults.report(rid, new PageRequest(0, 0, 5, 1, 0x2000)).isOk()).isTrue();
    assertThat(read(120).value()).as("IOPF-008: the group is not whole").isZero();
    int needsPasid = 4;
    int last = PageRequest.LAST_PAGE | needsPasid;
    assertThat(faults.report(rid, new PageRequest(last, 0, 5, 1, 0x3000)).isOk()).isTrue();
    assertThat(read(80).errno()).as("IOPF-008: all in one read").isEqualTo(Errno.EINVAL);
    assertThat(read(160).value()).as("IOPF-008").isEqualTo(120);
    for (int index = 0; index < 3; index++) {
      assertThat(record(index).u64(24)).as("IOPF-008").isEqualTo(0x1000L * (index + 1));
      assertThat(record(index).u32(36)).as("IOPF-008: one answer").isEqualTo(1);
    }
    assertThat(record(2).u32(0)).as("IOPF-010").isEqualTo(last);
    assertThat(answer(1, 0).value()).isEqualTo(8);
    assertThat(answer(1, 0).errno()).as("IOPF-008: one answer").isEqualTo(Errno.EINVAL);
  }

  @Test
  void replace_otherTable_answersWhatIsOutstanding() {
    trigger(0, 1, 0);
    assertThat(read(40).value()).isEqualTo(40);
    trigger(0, 2, 0);
    int other = nested();
    replace(other);
    assertThat(read(40).value()).as("IOPF-032").isZero();
    assertThat(answer(1, 0).errno()).as("IOPF-033").isEqualTo(Errno.EINVAL);
    trigger(0, 3, 0);
    assertThat(read(40).value()).isEqualTo(40);
    assertThat(record(0).u32(36)).isEqualTo(1);
    replace(ioas);
    trigger(0, 4, 0);
    assertThat(read(40).value()).as("IOPF-038").isZero();
  }

  @Test
  void pasid_ownTableOrTheGuests_getsTheRequest() {
    trigger(100, 1, 0);
    assertThat(read(40).value()).as("IOPF-007").isEqualTo(40);
    assertThat(record(0).u32(0)).as("PASID_VALID").isEqualTo(3);
    assertThat(record(0).u32(8)).isEqualTo(100);
    int plain = bed.ok(0x3b89, alloc(ioas, 8)).u32(16);
    replace(plain);
    trigger(100, 2, 0);
    assertThat(read(40).value()).as("the parent has no table of PASIDs").isZero();
    bed.ok(0x3ba0, bed.test(18, device.u32(16)).u32(16, 100).u32(20, hwpt));
    trigger(100, 3, 0);
    trigger(0, 4, 0);
    trigger(-1, 5, 0);
    assertThat(read(120).value()).as("IOPF-006").isEqualTo(40);
    assertThat(record(0).u32(12)).isEqualTo(3);
    bed.ok(0x3ba0, bed.test(20, device.u32(16)).u32(16, 100));
    assertThat(answer(1, 0).errno()).as("IOPF-031").isEqualTo(Errno.EINVAL);
  }

  @Test
  void alloc_anyAllocationFails_leavesNothing() {
    int before = bed.iommufd.openFiles();
    assertThat(bed.call(0x3b8e, Struct.of(16).u32(4, 1)).errno())
        .as("IOPF-001")
        .isEqualTo(Errno.EOPNOTSUPP);
    for (int nth = 1; nth <= 3; nth++) {
      bed.failures.set(nth);
      assertThat(bed.call(0x3b8e, Struct.of(16)).errno()).isEqualTo(Errno.ENOMEM);
    }
    assertThat(bed.iommufd.openFiles()).isEqualTo(before);
  }

  @Test
  void destroy_openOrAttached_isBusy() {
    assertThat(bed.destroy(queue).errno()).isEqualTo(Errno.EBUSY);
    trigger(0, 1, 0);
    bed.iommufd.close(file);
    assertThat(bed.destroy(queue).errno()).as("a page table holds it").isEqualTo(Errno.EBUSY);
    replace(ioas);
    assertThat(bed.destroy(hwpt).isOk()).isTrue();
    assertThat(bed.destroy(queue).isOk()).isTrue();
  }
}
