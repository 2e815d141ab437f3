package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

class ScalableSecondStageTest extends ScalableDirectedTest {

  private static final long A = SecondStageEntry.A.mask();
  private static final long D = SecondStageEntry.D.mask();

  private ScalableBench mapped() {
    ScalableBench scene = scalable().withSecondStage();
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    return scene;
  }

  private int reasonWith(int level, long set) {
    ScalableBench scene = mapped();
    scene.change(scene.secondAt(Bench.IOVA, level), set, 0);
    return scene.reasonOfRead();
  }

  @Test
  @Clause("VTD-120")
  void address_beyondTheWidth_is84() {
    ScalableBench scene = mapped();
    assertThat(scene.reasonOf(ScalableBench.read(1L << 48))).isEqualTo(0x84);
    assertThat(scene.reasonOf(ScalableBench.read((1L << 48) - 8))).isEqualTo(0x79);
    scene = scalable(VtdConfiguration.scalable().withCapability(Capability.MGAW, 45));
    scene.withSecondStage();
    assertThat(scene.reasonOf(ScalableBench.read(1L << 46))).isEqualTo(0x84);
  }

  @Test
  @Clause("VTD-142")
  void entry_withoutRights_is79AtEveryLevelWhateverElseItHolds() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped();
      scene.memory.writeLong(scene.secondAt(Bench.IOVA, level), ~3L);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x79);
    }
  }

  @Test
  @Clause("VTD-142")
  void rights_ofWhichNoneIsLeft_are79() {
    ScalableBench scene = mapped();
    scene.change(scene.secondAt(Bench.IOVA, 3), 0, 2);
    scene.change(scene.secondAt(Bench.IOVA, 2), 0, 1);
    assertThat(scene.reasonOfRead()).isEqualTo(0x79);
    assertThat(scene.reasonOfWrite()).isEqualTo(0x79);
  }

  @Test
  @Clause("VTD-143")
  void entry_withReservedBit_is7A() {
    for (int level = 1; level <= 4; level++) {
      for (int bit : new int[] {46, 51, 62}) {
        assertThat(reasonWith(level, 1L << bit)).as("level %d bit %d", level, bit).isEqualTo(0x7a);
      }
    }
    for (int level = 2; level <= 4; level++) {
      assertThat(reasonWith(level, 1L << 11)).as("SNP at level %d", level).isEqualTo(0x7a);
    }
    assertThat(reasonWith(4, 1L << 7)).as("PS at level 4").isEqualTo(0x7a);
  }

  @Test
  @Clause("VTD-143")
  void leaf_withSnp_is7AWithoutSnoopControl() {
    ScalableBench scene = mapped();
    scene.change(scene.secondAt(Bench.IOVA, 1), 1L << 11, 0);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    scene = without(ExtendedCapability.SC).withSecondStage();
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    scene.change(scene.secondAt(Bench.IOVA, 1), 1L << 11, 0);
    assertThat(scene.reasonOfRead()).isEqualTo(0x7a);
  }

  @Test
  @Clause("VTD-143")
  void largeLeaf_ofAWrongSizeOrAddress_is7A() {
    for (int level = 2; level <= 3; level++) {
      ScalableBench scene = scalable().withSecondStage();
      scene.mapSecond(Bench.IOVA, Bench.PAGE_A | 1L << 12, level);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x7a);
      scene = scalable(VtdConfiguration.scalable().withCapability(Capability.SSLPS, 0));
      scene.withSecondStage();
      scene.mapSecond(Bench.IOVA, Bench.PAGE_A, level);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x7a);
    }
  }

  @Test
  @Clause("VTD-144")
  void tables_withoutMemory_are7BAtTheTopAnd78Below() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.secondStage(NO_MEMORY));
    assertThat(scene.reasonOfRead()).isEqualTo(0x7b);
    for (int level = 2; level <= 4; level++) {
      scene = mapped();
      scene.memory.writeLong(scene.secondAt(Bench.IOVA, level), SecondStageEntry.table(NO_MEMORY));
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x78);
    }
  }

  @Test
  @Clause("VTD-145")
  void missingRight_atAnyLevel_is85ForWritesAnd86ForReads() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped();
      scene.change(scene.secondAt(Bench.IOVA, level), 0, 2);
      assertThat(scene.reasonOfWrite()).as("level %d", level).isEqualTo(0x85);
      assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
      assertThat(scene.reasonOfWrite()).as("level %d, cached", level).isEqualTo(0x85);
      scene = mapped();
      scene.change(scene.secondAt(Bench.IOVA, level), 0, 1);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x86);
      assertThat(scene.access(ScalableBench.write(Bench.IOVA))).isEqualTo(DONE);
      assertThat(scene.access(ScalableBench.request(AccessKind.ZERO_LENGTH_READ, Bench.IOVA)))
          .isEqualTo(DONE);
    }
  }

  @Test
  @Clause("VTD-146")
  void accessedAndDirty_areKeptWithSsadeAlone() {
    ScalableBench scene = mapped();
    scene.access(ScalableBench.write(Bench.IOVA));
    assertThat(flags(scene, 1)).isZero();
    scene = mapped().with(PasidEntry.SSADE, 1);
    scene.access(ScalableBench.read(Bench.IOVA));
    for (int level = 1; level <= 4; level++) {
      assertThat(flags(scene, level)).as("level %d", level).isEqualTo(A);
    }
    scene.access(ScalableBench.write(Bench.IOVA));
    assertThat(flags(scene, 1)).isEqualTo(A | D);
    assertThat(flags(scene, 2)).isEqualTo(A);
  }

  @Test
  @Clause("VTD-146")
  void refusedWrite_leavesDClear() {
    ScalableBench scene = mapped().with(PasidEntry.SSADE, 1);
    scene.change(scene.secondAt(Bench.IOVA, 1), 0, 2);
    assertThat(scene.reasonOfWrite()).isEqualTo(0x85);
    assertThat(flags(scene, 1) & D).isZero();
  }

  @Test
  @Clause("VTD-147")
  void update_withoutSnoop_is7C() {
    ScalableBench scene = mapped().with(PasidEntry.SSADE, 1).with(PasidEntry.PWSNP, 0);
    assertThat(scene.reasonOfRead()).isEqualTo(0x7c);
    for (int level = 1; level <= 4; level++) {
      scene.change(scene.secondAt(Bench.IOVA, level), A, 0);
    }
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-148")
  void update_whereMemoryTakesNoAtomics_is7D() {
    ScalableBench scene = mapped().with(PasidEntry.SSADE, 1);
    scene.memory.refuseAtomics(scene.secondAt(Bench.IOVA, 1) & -4096, 4096);
    assertThat(scene.reasonOfRead()).isEqualTo(0x7d);
    assertThat(flags(scene, 1)).as("VTD-148: no flag").isZero();
    scene.change(scene.secondAt(Bench.IOVA, 1), A, 0);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).as("no need").isEqualTo(OF_A);
    assertThat(scene.reasonOfWrite()).as("D is missing").isEqualTo(0x7d);
  }

  @Test
  @Clause("VTD-149")
  void addressWidth_givesTheLevels() {
    for (int width = 1; width <= 3; width++) {
      ScalableBench scene = scalable().withSecondStage().with(PasidEntry.AW, width);
      long iova = 1L << (29 + 9 * width);
      scene.mapSecond(iova, Bench.PAGE_A, 1);
      assertThat(scene.access(ScalableBench.read(iova))).as("AW %d", width).isEqualTo(OF_A);
    }
  }

  @Test
  @Clause("VTD-123")
  void output_inTheInterruptRange_is87() {
    ScalableBench scene = scalable().withSecondStage();
    scene.mapSecond(Bench.IOVA, 0xfee0_0000L, 1);
    assertThat(scene.reasonOfRead()).isEqualTo(0x87);
  }

  private static long flags(ScalableBench scene, int level) {
    return scene.memory.readLong(scene.secondAt(Bench.IOVA, level)) & (A | D);
  }
}
