package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

/** An invalidation that overtakes a walk of legacy mode makes it start anew. INV-001 */
@Clause("INV-001")
class RestartTest extends DirectedTest {

  private static final long PAGE_BYTES = 0x1000;
  private static final int ROOT_READ = 1;
  private static final int CONTEXT_READ = 2;
  private static final int TOP_TABLE_READ = 3;

  /** Whether a walk of so many moves has to start anew when this comes. */
  private boolean forgets(int moves, Atom order) {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    int slot = bench.unit.request(DeviceAccess.read(Bench.DEVICE, new Iova(Bench.IOVA)));
    for (int i = 0; i < moves; i++) {
      bench.unit.advance(slot);
    }
    assertThat(bench.unit.stageOf(slot))
        .isBetween(DmaRequest.Stage.CONTEXT, DmaRequest.Stage.TABLES);
    bench.enqueue(order);
    while (bench.unit.enabled(bench.queueMachine())) {
      bench.unit.advance(bench.queueMachine());
    }
    return bench.unit.stageOf(slot) == DmaRequest.Stage.TAKEN;
  }

  private static Atom context(int granularity, int domain, int source) {
    return InvalidationDescriptor.context(granularity, domain, source, 0);
  }

  private static Atom page(int domain, long address, boolean leafOnly) {
    return InvalidationDescriptor.iotlb(Granularity.PAGE, domain, address, 0, leafOnly);
  }

  @Test
  void contextInvalidation_takesTheContextEntryThatAWalkHolds() {
    int device = Bench.DEVICE.value();
    for (int moves : new int[] {CONTEXT_READ, TOP_TABLE_READ}) {
      assertThat(forgets(moves, context(Granularity.GLOBAL, 0, 0))).as("INV-001: global").isTrue();
      assertThat(forgets(moves, context(Granularity.DOMAIN, Bench.DOMAIN, 0)))
          .as("INV-001: of the domain")
          .isTrue();
      assertThat(forgets(moves, context(Granularity.DOMAIN, Bench.DOMAIN + 1, 0)))
          .as("INV-001: of another domain")
          .isFalse();
      assertThat(forgets(moves, context(Granularity.DEVICE, Bench.DOMAIN, device)))
          .as("INV-001: of the device")
          .isTrue();
      assertThat(forgets(moves, context(Granularity.DEVICE, Bench.DOMAIN, device + 1)))
          .as("INV-001: of another device")
          .isFalse();
      assertThat(forgets(moves, context(Granularity.DEVICE, Bench.DOMAIN + 1, device)))
          .as("INV-001: of the device in another domain")
          .isFalse();
    }
  }

  @Test
  void contextInvalidation_beforeTheContextEntryIsRead_takesTheRootEntryIfItIsGlobal() {
    assertThat(forgets(ROOT_READ, context(Granularity.GLOBAL, 0, 0)))
        .as("INV-001: global")
        .isTrue();
    assertThat(forgets(ROOT_READ, context(Granularity.DOMAIN, Bench.DOMAIN, 0)))
        .as("INV-001: of the domain, which the walk does not know yet")
        .isFalse();
  }

  @Test
  void iotlbInvalidation_takesTheTablesThatAWalkHolds() {
    Atom own = InvalidationDescriptor.iotlb(Granularity.DOMAIN, Bench.DOMAIN, 0, 0, false);
    Atom all = InvalidationDescriptor.iotlb(Granularity.GLOBAL, 0, 0, 0, false);
    Atom other = InvalidationDescriptor.iotlb(Granularity.DOMAIN, Bench.DOMAIN + 1, 0, 0, false);
    assertThat(forgets(TOP_TABLE_READ, all)).as("INV-001: global").isTrue();
    assertThat(forgets(TOP_TABLE_READ, own)).as("INV-001: of the domain").isTrue();
    assertThat(forgets(TOP_TABLE_READ, other)).as("INV-001: of another domain").isFalse();
    assertThat(forgets(CONTEXT_READ, all)).as("INV-001: before a table is read").isFalse();
  }

  @Test
  void iotlbInvalidation_ofPages_takesTheTablesThatLeadToOneOfThem() {
    for (int tables = 1; tables <= 3; tables++) {
      int moves = CONTEXT_READ + tables;
      int held = 5 - tables;
      long bytes = 1L << SecondStageEntry.shift(held);
      long first = Bench.IOVA & -bytes;
      assertThat(forgets(moves, page(Bench.DOMAIN, first, false)))
          .as("INV-001: first page of level %d", held)
          .isTrue();
      assertThat(forgets(moves, page(Bench.DOMAIN, first + bytes - PAGE_BYTES, false)))
          .as("INV-001: last page of level %d", held)
          .isTrue();
      assertThat(forgets(moves, page(Bench.DOMAIN, first - PAGE_BYTES, false)))
          .as("INV-001: page below level %d", held)
          .isFalse();
      assertThat(forgets(moves, page(Bench.DOMAIN, first + bytes, false)))
          .as("INV-001: page above level %d", held)
          .isFalse();
      assertThat(forgets(moves, page(Bench.DOMAIN, first, true)))
          .as("INV-001: leaves alone")
          .isFalse();
      assertThat(forgets(moves, page(Bench.DOMAIN + 1, first, false)))
          .as("INV-001: of another domain")
          .isFalse();
    }
  }
}
