package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class WalkTest extends DirectedTest {

  private static final AccessOutcome A = AccessOutcome.completed(Bench.OF_A);
  private static final AccessOutcome B = AccessOutcome.completed(Bench.OF_B);

  @Test
  @Clause({"VTD-010", "MAP-001"})
  void page_throughFourLevels_isReached() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.memory.writeLong(Bench.PAGE_A + 0xff8, 0x77);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(A);
    assertThat(bench.read(Bench.IOVA + 0xff8)).isEqualTo(AccessOutcome.completed(0x77));
    assertThat(bench.reasonOfRead(Bench.IOVA + 0x1000)).isEqualTo(0x06);
  }

  @Test
  @Clause("VTD-010")
  void page_throughThreeLevels_isReached() {
    Bench bench = bench().started();
    long top = bench.page();
    bench.context(Bench.DEVICE, ContextEntry.present(0, ContextEntry.AW_39, Bench.DOMAIN, top));
    long iova = 0x7f_ffff_f000L;
    bench.memory.writeLong(
        bench.entryAt(top, 3, iova, 1), SecondStageEntry.leaf(Bench.PAGE_A, 1, true, true));
    assertThat(bench.read(iova)).isEqualTo(A);
  }

  @Test
  @Clause({"VTD-015", "MAP-009"})
  void largePages_atEveryOffset_areReached() {
    for (int level = 2; level <= 3; level++) {
      Bench bench = domain();
      long size = 1L << SecondStageEntry.shift(level);
      long start = Bench.IOVA & -size;
      bench.map(start, Bench.PAGE_A, level);
      bench.memory.writeLong(Bench.PAGE_A + size - 8, 0x99);
      bench.memory.writeLong(Bench.PAGE_A + size / 2, 0x98);
      assertThat(bench.read(start)).isEqualTo(A);
      assertThat(bench.read(start + size / 2)).isEqualTo(AccessOutcome.completed(0x98));
      assertThat(bench.read(start + size - 8)).isEqualTo(AccessOutcome.completed(0x99));
      assertThat(bench.reasonOfRead(start + size)).isEqualTo(0x06);
    }
  }

  @Test
  @Clause("VTD-011")
  void rights_missingAtAnyLevel_areMissing() {
    for (int level = 1; level <= 4; level++) {
      for (int right : new int[] {Rights.READ, Rights.WRITE}) {
        Bench bench = domain();
        bench.map(Bench.IOVA, Bench.PAGE_A, 1);
        long at = bench.entryAt(Bench.IOVA, level);
        bench.memory.writeLong(at, bench.memory.readLong(at) & ~(long) right);
        boolean read = right == Rights.READ;
        assertThat(bench.read(Bench.IOVA).equals(A)).as("level %d", level).isEqualTo(!read);
        assertThat(bench.write(Bench.IOVA, 1).equals(AccessOutcome.completed(0)))
            .as("level %d", level)
            .isEqualTo(read);
      }
    }
  }

  @Test
  @Clause("VTD-011")
  void rights_takenAwayAtAnUpperLevel_areMissingBelowACachedPointerToo() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.map(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    long at = bench.entryAt(Bench.IOVA, 3);
    bench.memory.writeLong(at, bench.memory.readLong(at) & ~(long) Rights.WRITE);
    bench.read(Bench.IOVA);
    assertThat(bench.reasonOfWrite(Bench.IOVA + 0x1000)).isEqualTo(0x05);
  }

  @Test
  @Clause("VTD-007")
  void requesters_onOtherBusesDevicesAndFunctions_haveTheirOwnDomains() {
    Bench bench = bench().started();
    int[] ids = {0x0100, 0x0200, 0x0101, 0x0108, 0x0180};
    for (int i = 0; i < ids.length; i++) {
      long top = bench.page();
      bench.attach(new Rid(ids[i]), Bench.DOMAIN + i, top);
      long page = Bench.PAGE_A + 0x1000L * i;
      bench.memory.writeLong(page, 0x50 + i);
      bench.memory.writeLong(
          bench.entryAt(top, 4, Bench.IOVA, 1), SecondStageEntry.leaf(page, 1, true, true));
    }
    for (int i = 0; i < ids.length; i++) {
      assertThat(bench.read(new Rid(ids[i]), Bench.IOVA))
          .isEqualTo(AccessOutcome.completed(0x50 + i));
    }
  }

  @Test
  @Clause("VTD-008")
  void passThrough_withATablePointerWithoutMemory_passes() {
    Bench bench = bench().started();
    bench.context(
        Bench.DEVICE,
        ContextEntry.present(ContextEntry.TT_PASS_THROUGH, ContextEntry.AW_48, 5, 1L << 50));
    assertThat(bench.read(Bench.PAGE_A)).isEqualTo(A);
    assertThat(bench.write(Bench.PAGE_B, 3)).isEqualTo(AccessOutcome.completed(0));
    assertThat(bench.memory.readLong(Bench.PAGE_B)).isEqualTo(3);
  }

  @Test
  @Clause("MAP-018")
  void atomic_onAPage_addsAndReturnsTheFormerValue() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(bench.access(Bench.DEVICE, Bench.IOVA, AccessKind.ATOMIC)).isEqualTo(A);
    assertThat(bench.memory.readLong(Bench.PAGE_A)).isEqualTo(Bench.OF_A + 1);
  }

  @Test
  @Clause("MAP-018")
  void atomic_whereMemoryTakesNone_isRefused() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.memory.refuseAtomics(Bench.PAGE_A, 4096);
    assertThat(bench.access(Bench.DEVICE, Bench.IOVA, AccessKind.ATOMIC))
        .isEqualTo(AccessOutcome.blocked());
    assertThat(bench.memory.readLong(Bench.PAGE_A)).isEqualTo(Bench.OF_A);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(A);
  }

  @Test
  @Clause("MAP-018")
  void atomic_withOneRight_isRefused() {
    Bench bench = domain();
    for (boolean read : new boolean[] {true, false}) {
      long iova = Bench.IOVA + (read ? 0 : 0x1000);
      bench.memory.writeLong(
          bench.entryAt(iova, 1), SecondStageEntry.leaf(Bench.PAGE_A, 1, read, !read));
      assertThat(bench.access(Bench.DEVICE, iova, AccessKind.ATOMIC))
          .isEqualTo(AccessOutcome.blocked());
    }
    assertThat(bench.memory.readLong(Bench.PAGE_A)).isEqualTo(Bench.OF_A);
  }

  @Test
  @Clause("VTD-020")
  void zeroLengthRead_ofAWriteOnlyPage_followsZlr() {
    for (int zlr = 0; zlr <= 1; zlr++) {
      Bench bench = new Bench(capable(Capability.ZLR, zlr)).withDomain();
      bench.memory.writeLong(
          bench.entryAt(Bench.IOVA, 1), SecondStageEntry.leaf(Bench.PAGE_A, 1, false, true));
      assertThat(bench.access(Bench.DEVICE, Bench.IOVA, AccessKind.ZERO_LENGTH_READ))
          .isEqualTo(zlr == 1 ? AccessOutcome.completed(0) : AccessOutcome.blocked());
      assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.blocked());
    }
  }

  @Test
  @Clause("VTD-020")
  void zeroLengthRead_ofAnAbsentPage_isRefused() {
    assertThat(domain().access(Bench.DEVICE, Bench.IOVA, AccessKind.ZERO_LENGTH_READ))
        .isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void access_whereNoMemoryIs_isRefusedWithoutARecord() {
    Bench bench = domain();
    bench.map(Bench.IOVA, 1L << 41, 1);
    assertThat(bench.reasonOf(DeviceAccess.read(Bench.DEVICE, new Iova(Bench.IOVA)))).isEqualTo(-1);
  }

  @Test
  @Clause("VTD-042")
  void newEntry_afterARefusal_isSeenWithoutInvalidation() {
    for (int level = 1; level <= 4; level++) {
      Bench bench = bench().started();
      assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x01);
      bench.context(Bench.DEVICE, new Atom(0, 0));
      assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x02);
      bench.attach(Bench.DEVICE, Bench.DOMAIN, bench.page());
      bench.entryAt(Bench.IOVA, level);
      assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x06);
      bench.map(Bench.IOVA, Bench.PAGE_B, 1);
      assertThat(bench.read(Bench.IOVA)).isEqualTo(B);
    }
  }
}
