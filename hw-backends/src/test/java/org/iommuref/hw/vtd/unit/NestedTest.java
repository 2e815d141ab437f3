package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

class NestedTest extends ScalableDirectedTest {

  private static final long GUEST_PAGE = 0x30_0000_0000L;
  private static final long READ_ONLY = 1;

  /** The page of the guest is at {@link #GUEST_PAGE}, in the host at PAGE_A. */
  private ScalableBench mapped() {
    ScalableBench scene = scalable().withNested();
    scene.mapFirst(Bench.IOVA, GUEST_PAGE, 1);
    scene.mapSecond(GUEST_PAGE, Bench.PAGE_A, 1);
    return scene;
  }

  /** Gives the page that holds the table of a level a mapping of its own with these rights. */
  private static void tableRights(ScalableBench scene, int level, long rights) {
    long page = scene.firstAt(Bench.IOVA, level) & -4096L;
    long large = scene.secondAt(page, 3);
    long table = scene.bench.page();
    scene.memory.writeLong(large, SecondStageEntry.table(table));
    long small = scene.bench.page();
    for (int i = 0; i < 512; i++) {
      long region = (page & -ScalableBench.GIB) + ((long) i << 21);
      scene.memory.writeLong(table + 8L * i, SecondStageEntry.leaf(region, 2, true, true));
    }
    int index = SecondStageEntry.index(page, 2);
    scene.memory.writeLong(table + 8L * index, SecondStageEntry.table(small));
    for (int i = 0; i < 512; i++) {
      long region = (page & -(1L << 21)) + ((long) i << 12);
      scene.memory.writeLong(small + 8L * i, SecondStageEntry.leaf(region, 1, true, true));
    }
    scene.memory.writeLong(small + 8L * SecondStageEntry.index(page, 1), page | rights);
  }

  @Test
  @Clause("VTD-150")
  void tablesAndPage_goThroughTheSecondStage() {
    ScalableBench scene = mapped();
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    ScalableBench moved = scalable();
    long hostTable = moved.bench.page();
    long guestTable = 0x20_0000_0000L;
    moved.pasid(ScalableBench.PASID, ScalableBench.nested(guestTable, moved.bench.page()));
    moved.mapSecond(guestTable, hostTable, 1);
    moved.mapSecond(0, 0, 3);
    moved.mapSecond(ScalableBench.GIB, ScalableBench.GIB, 3);
    long lower = moved.bench.page();
    moved.memory.writeLong(
        hostTable + 8L * SecondStageEntry.index(Bench.IOVA, 4), FirstStageEntry.table(lower));
    moved.memory.writeLong(
        lower + 8L * SecondStageEntry.index(Bench.IOVA, 3),
        FirstStageEntry.leaf(Bench.PAGE_A, 3, true));
    long start = Bench.IOVA & -ScalableBench.GIB;
    assertThat(moved.access(ScalableBench.read(start))).isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-151")
  void firstStageAddress_beyondTheSecondStage_is74() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped().with(PasidEntry.AW, 1);
      long[] entry = scene.entryOf(ScalableBench.PASID);
      entry[0] = (entry[0] & ~PasidEntry.SSPTPTR.mask()) | scene.bench.page();
      scene.pasid(ScalableBench.PASID, entry);
      scene.mapSecond(0, 0, 3);
      scene.change(scene.firstAt(Bench.IOVA, level), 1L << 40, 0);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x74);
    }
  }

  @Test
  @Clause("VTD-152")
  void table_withoutReadRight_is75AtTheTopAnd76Below() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped();
      tableRights(scene, level, 2);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(level == 4 ? 0x75 : 0x76);
    }
  }

  @Test
  @Clause("VTD-152")
  void table_withoutWriteRight_withSsade_is75And76() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped().with(PasidEntry.SSADE, 1);
      tableRights(scene, level, READ_ONLY);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(level == 4 ? 0x75 : 0x76);
    }
  }

  @Test
  @Clause("VTD-153")
  void update_ofATableWithoutWriteRight_is77() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped();
      tableRights(scene, level, READ_ONLY);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x77);
      long at = scene.firstAt(Bench.IOVA, level);
      scene.change(at, FirstStageEntry.A.mask(), 0);
      assertThat(scene.access(ScalableBench.read(Bench.IOVA))).as("nothing to set").isEqualTo(OF_A);
    }
  }

  @Test
  @Clause("VTD-142")
  void tableOrPage_thatTheSecondStageLacks_is79() {
    ScalableBench scene = mapped();
    tableRights(scene, 2, 0);
    assertThat(scene.reasonOfRead()).isEqualTo(0x79);
    scene = mapped();
    scene.memory.writeLong(scene.secondAt(GUEST_PAGE, 1), 0);
    assertThat(scene.reasonOfRead()).isEqualTo(0x79);
  }

  @Test
  @Clause("VTD-154")
  void rights_areThoseOfBothStages() {
    ScalableBench scene = mapped();
    scene.memory.writeLong(scene.secondAt(GUEST_PAGE, 1), Bench.PAGE_A | READ_ONLY);
    assertThat(scene.reasonOfWrite()).isEqualTo(0x85);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    long leaf = scene.memory.readLong(scene.firstAt(Bench.IOVA, 1));
    assertThat(FirstStageEntry.D.isSet(leaf)).as("D of a refused write").isFalse();
    scene = mapped();
    scene.memory.writeLong(scene.secondAt(GUEST_PAGE, 1), Bench.PAGE_A | 2);
    assertThat(scene.reasonOfRead()).isEqualTo(0x86);
    scene = mapped();
    scene.change(scene.firstAt(Bench.IOVA, 1), 0, FirstStageEntry.RW.mask());
    assertThat(scene.reasonOfWrite()).isEqualTo(0x85);
  }

  @Test
  @Clause("VTD-154")
  void cachedPage_isTheSmallerOfBothStages() {
    ScalableBench scene = scalable().withNested();
    long iova = Bench.IOVA & -(1L << 21);
    scene.mapFirst(iova, GUEST_PAGE, 2);
    scene.mapSecond(GUEST_PAGE, Bench.PAGE_A, 1);
    scene.mapSecond(GUEST_PAGE + 0x1000, Bench.PAGE_B, 1);
    assertThat(scene.access(ScalableBench.read(iova))).isEqualTo(OF_A);
    assertThat(scene.access(ScalableBench.read(iova + 0x1000))).isEqualTo(OF_B);
    assertThat(scene.reasonOf(ScalableBench.read(iova + 0x2000))).isEqualTo(0x79);
  }

  @Test
  @Clause({"VTD-136", "VTD-146"})
  void write_setsTheFlagsOfBothStages() {
    ScalableBench scene = mapped().with(PasidEntry.SSADE, 1);
    assertThat(scene.access(ScalableBench.write(Bench.IOVA))).isEqualTo(DONE);
    long first = scene.memory.readLong(scene.firstAt(Bench.IOVA, 1));
    assertThat(FirstStageEntry.D.isSet(first)).isTrue();
    long second = scene.memory.readLong(scene.secondAt(GUEST_PAGE, 1));
    assertThat(SecondStageEntry.D.isSet(second)).isTrue();
    long table = scene.memory.readLong(scene.secondAt(scene.firstAt(Bench.IOVA, 1), 3));
    assertThat(SecondStageEntry.D.isSet(table))
        .as("the page of a table counts as written")
        .isTrue();
  }

  @Test
  @Clause("VTD-123")
  void output_inTheInterruptRange_is87() {
    ScalableBench scene = scalable().withNested();
    scene.mapFirst(Bench.IOVA, 0xfee0_0000L, 1);
    assertThat(scene.reasonOfWrite()).isEqualTo(0x87);
    long leaf = scene.memory.readLong(scene.firstAt(Bench.IOVA, 1));
    assertThat(FirstStageEntry.D.isSet(leaf)).isFalse();
  }

  /** Where the guest has memory of which a table of the second stage is absent. */
  private static final long ABSENT = 5 * ScalableBench.GIB;

  private static void refusedFromTheCache(ScalableBench scene, String what) {
    scene.secondAt(ABSENT, 2);
    int reason = scene.reasonOfRead();
    assertThat(reason).as(what).isPositive();
    for (int i = 0; i < 512; i++) {
      scene.memory.writeLong(8L * i, -1);
    }
    assertThat(scene.reasonOfRead()).as("VTD-163: %s, no table is read", what).isEqualTo(reason);
  }

  private ScalableBench cachingMode() {
    return scalable(VtdConfiguration.scalable().withCapability(Capability.CM, 1)).withNested();
  }

  @Test
  @Clause("VTD-163")
  void absentTableOfTheSecondStage_keptInCachingMode_refusesBeforeAnythingIsRead() {
    ScalableBench top = cachingMode();
    long secondTable = PasidEntry.SSPTPTR.address(top.entryOf(ScalableBench.PASID)[0]);
    top.pasid(ScalableBench.PASID, ScalableBench.nested(ABSENT, secondTable));
    refusedFromTheCache(top, "top table");
    ScalableBench lower = cachingMode();
    lower.memory.writeLong(lower.firstAt(Bench.IOVA, 4), FirstStageEntry.table(ABSENT));
    refusedFromTheCache(lower, "lower table");
    ScalableBench page = cachingMode();
    page.mapFirst(Bench.IOVA, ABSENT, 1);
    refusedFromTheCache(page, "page");
  }
}
