package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.hw.event.AccessPage;
import org.iommuref.hw.event.BlockDma;
import org.iommuref.hw.event.CompleteWait;
import org.iommuref.hw.event.ExecuteInvalidation;
import org.iommuref.hw.event.FetchDescriptor;
import org.iommuref.hw.event.HitIotlb;
import org.iommuref.hw.event.HitPagingStructure;
import org.iommuref.hw.event.ReadContext;
import org.iommuref.hw.event.ReadLeaf;
import org.iommuref.hw.event.ReadNonLeaf;
import org.iommuref.hw.event.ReadRoot;
import org.iommuref.hw.event.StartDma;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Step;
import org.junit.jupiter.api.Test;

class MachineTest extends DirectedTest {

  private static final DeviceAccess READ = DeviceAccess.read(Bench.DEVICE, new Iova(Bench.IOVA));

  private static List<String> names(List<Step> events) {
    return events.stream().map(Step::action).toList();
  }

  @Test
  void firstRequest_readsEveryStructure_oneInEachMove() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    long[] tables = new long[5];
    for (int level = 2; level <= 4; level++) {
      tables[level] =
          SecondStageEntry.ADDR.address(bench.memory.readLong(bench.entryAt(Bench.IOVA, level)));
    }
    bench.steps.events();
    bench.read(Bench.IOVA);
    assertThat(bench.steps.events())
        .containsExactly(
            new StartDma(0, Bench.IOVA),
            new ReadRoot(0),
            new ReadContext(0),
            new ReadNonLeaf(0, 4, tables[4]),
            new ReadNonLeaf(0, 3, tables[3]),
            new ReadNonLeaf(0, 2, tables[2]),
            new ReadLeaf(0, Bench.PAGE_A),
            new AccessPage(0, Bench.PAGE_A));
  }

  @Test
  void laterRequests_useTheCaches() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.map(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    bench.read(Bench.IOVA);
    bench.steps.events();
    bench.read(Bench.IOVA);
    assertThat(bench.steps.events())
        .containsExactly(
            new StartDma(0, Bench.IOVA), new HitIotlb(0), new AccessPage(0, Bench.PAGE_A));
    bench.read(Bench.IOVA + 0x1000);
    assertThat(bench.steps.events())
        .containsExactly(
            new StartDma(0, Bench.IOVA + 0x1000),
            new HitPagingStructure(0, 2),
            new ReadLeaf(0, Bench.PAGE_B),
            new AccessPage(0, Bench.PAGE_B));
  }

  @Test
  void refusedRequest_reportsItsReason() {
    Bench bench = bench().started();
    bench.steps.events();
    bench.read(Bench.IOVA);
    assertThat(bench.steps.events())
        .containsExactly(new StartDma(0, Bench.IOVA), new BlockDma(0, 1));
  }

  @Test
  void descriptors_reportFetchAndExecution() {
    Bench bench = domain();
    bench.steps.events();
    bench.submit(
        InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, 0x7000, 1, true),
        InvalidationDescriptor.waitWritingStatus(0x5000, 3));
    assertThat(bench.steps.events())
        .containsExactly(
            new FetchDescriptor(0),
            new ExecuteInvalidation(0x6000, 0x2000, true, Granularity.PAGE, Bench.DOMAIN),
            new FetchDescriptor(16),
            new CompleteWait(0x5000, 3));
  }

  @Test
  void everyMove_touchesOneAtomOfMemoryAtMost_andReportsOneEvent() {
    TouchedAtoms footprint = new TouchedAtoms();
    Bench bench = new Bench(parts, CachePolicy.ADVERSARIAL, footprint).withDomain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.unit.request(READ);
    bench.unit.request(new DeviceAccess(Bench.DEVICE, null, new Iova(8), READ.kind(), 0));
    bench.enqueue(
        InvalidationDescriptor.context(Granularity.GLOBAL, 0, 0, 0),
        InvalidationDescriptor.waitWritingStatus(0x5000, 3));
    int moves = 0;
    for (int machine = 0; machine < bench.unit.machines(); machine++) {
      while (bench.unit.enabled(machine)) {
        footprint.atoms.clear();
        bench.steps.events();
        bench.unit.advance(machine);
        moves++;
        assertThat(footprint.atoms).hasSizeLessThanOrEqualTo(1);
        assertThat(bench.steps.events()).hasSize(1);
      }
    }
    assertThat(moves).isGreaterThan(10);
  }

  @Test
  @Clause({"INV-009", "VTD-034"})
  void walk_whosePointerIsInvalidated_startsAnew() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    int slot = bench.unit.request(READ);
    for (int move = 0; move < 5; move++) {
      bench.unit.advance(slot);
    }
    assertThat(names(bench.steps.events())).endsWith("ReadNonLeaf", "ReadNonLeaf", "ReadNonLeaf");
    replaceTable(bench);
    bench.enqueue(
        InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, Bench.IOVA, 0, false));
    bench.unit.advance(bench.queueMachine());
    bench.unit.advance(bench.queueMachine());
    bench.unit.drain();
    assertThat(bench.unit.answer(slot)).isEqualTo(AccessOutcome.completed(Bench.OF_B));
  }

  @Test
  void walk_underAnInvalidationOfLeavesAlone_goesOn() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    int slot = bench.unit.request(READ);
    for (int move = 0; move < 5; move++) {
      bench.unit.advance(slot);
    }
    bench.enqueue(
        InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, Bench.IOVA, 0, true),
        InvalidationDescriptor.iotlb(Granularity.DOMAIN, Bench.DOMAIN + 1, 0, 0, false));
    while (bench.unit.enabled(bench.queueMachine())) {
      bench.unit.advance(bench.queueMachine());
    }
    bench.steps.events();
    bench.unit.advance(slot);
    assertThat(bench.steps.events()).containsExactly(new ReadLeaf(slot, Bench.PAGE_A));
  }

  @Test
  @Clause({"ATT-002", "VTD-030"})
  void walk_whoseContextEntryIsInvalidated_startsAnew() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    int slot = bench.unit.request(READ);
    bench.unit.advance(slot);
    bench.unit.advance(slot);
    bench.context(Bench.DEVICE, new Atom(0, 0));
    bench.enqueue(
        InvalidationDescriptor.context(Granularity.DEVICE, Bench.DOMAIN, Bench.DEVICE.value(), 0));
    bench.unit.advance(bench.queueMachine());
    bench.unit.advance(bench.queueMachine());
    bench.unit.drain();
    assertThat(bench.unit.answer(slot)).isEqualTo(AccessOutcome.blocked());
  }

  private static void replaceTable(Bench bench) {
    long table = bench.page();
    bench.memory.writeLong(
        table + 8L * SecondStageEntry.index(Bench.IOVA, 1),
        SecondStageEntry.leaf(Bench.PAGE_B, 1, true, true));
    bench.memory.writeLong(bench.entryAt(Bench.IOVA, 2), SecondStageEntry.table(table));
  }

  @Test
  void slots_whenAllAreTaken_refuseARequest() {
    Bench bench = domain();
    for (int slot = 0; slot < bench.unit.machines() - 1; slot++) {
      assertThat(bench.unit.request(READ)).isEqualTo(slot);
    }
    assertThat(bench.unit.request(READ)).isEqualTo(-1);
    assertThat(bench.unit.isAnswered(2)).isFalse();
    bench.unit.drain();
    assertThat(bench.unit.isAnswered(2)).isTrue();
    assertThat(bench.unit.request(READ)).as("answers are not fetched").isEqualTo(-1);
    assertThat(bench.unit.answer(2)).isEqualTo(AccessOutcome.blocked());
    assertThat(bench.unit.answer(2)).isNull();
    assertThat(bench.unit.request(READ)).isEqualTo(2);
  }

  @Test
  void machine_thatCannotMove_refusesTo() {
    Bench bench = domain();
    assertThat(bench.unit.enabled(0)).isFalse();
    assertThatThrownBy(() -> bench.unit.advance(0)).hasMessage("slot 0 has nothing to do");
    assertThat(bench.unit.machineName(0)).isEqualTo("request 0");
    assertThat(bench.unit.machineName(4)).isEqualTo("invalidation queue");
  }
}
