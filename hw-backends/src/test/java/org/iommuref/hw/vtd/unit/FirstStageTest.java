package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

class FirstStageTest extends ScalableDirectedTest {

  private static final long A = FirstStageEntry.A.mask();
  private static final long D = FirstStageEntry.D.mask();
  private static final long EA = FirstStageEntry.EA.mask();

  private ScalableBench mapped() {
    ScalableBench scene = scalable().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    return scene;
  }

  @Test
  @Clause("VTD-121")
  void address_thatIsNotCanonical_is80() {
    ScalableBench scene = mapped();
    assertThat(scene.reasonOf(ScalableBench.read(1L << 47))).isEqualTo(0x80);
    assertThat(scene.reasonOf(ScalableBench.read(1L << 63))).isEqualTo(0x80);
    assertThat(scene.reasonOf(ScalableBench.read(-1L << 47))).isEqualTo(0x71);
    scene = scalable().withFirstStage().with(PasidEntry.FSPM, 1);
    assertThat(scene.reasonOf(ScalableBench.read(1L << 56))).isEqualTo(0x80);
    assertThat(scene.reasonOf(ScalableBench.read(1L << 55))).isEqualTo(0x71);
    assertThat(scene.reasonOf(ScalableBench.read(-8))).isEqualTo(0x71);
  }

  @Test
  @Clause("VTD-130")
  void entry_notPresent_is71AtEveryLevel() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped();
      scene.change(scene.firstAt(Bench.IOVA, level), 1L << 51, 1);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x71);
    }
  }

  @Test
  @Clause("VTD-131")
  void entry_withReservedBit_is72() {
    for (int level = 1; level <= 4; level++) {
      for (int bit : new int[] {46, 51}) {
        ScalableBench scene = mapped();
        scene.change(scene.firstAt(Bench.IOVA, level), 1L << bit, 0);
        assertThat(scene.reasonOfRead()).as("level %d bit %d", level, bit).isEqualTo(0x72);
      }
    }
    ScalableBench scene = mapped();
    scene.memory.writeLong(scene.firstAt(Bench.IOVA, 4), FirstStageEntry.leaf(0, 4, true));
    assertThat(scene.reasonOfRead()).as("PS at level 4").isEqualTo(0x72);
    scene = scalable().withFirstStage().with(PasidEntry.FSPM, 1);
    scene.memory.writeLong(scene.firstAt(Bench.IOVA, 5), FirstStageEntry.leaf(0, 5, true));
    assertThat(scene.reasonOfRead()).as("PS at level 5").isEqualTo(0x72);
  }

  @Test
  @Clause("VTD-131")
  void largeLeaf_withAddressBelowItsSize_is72_butPatIsIgnored() {
    for (int level = 2; level <= 3; level++) {
      ScalableBench scene = scalable().withFirstStage();
      scene.mapFirst(Bench.IOVA, Bench.PAGE_A | 1L << 13, level);
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x72);
      scene = scalable().withFirstStage();
      scene.mapFirst(Bench.IOVA, Bench.PAGE_A | 1L << 12, level);
      assertThat(scene.access(ScalableBench.read(Bench.IOVA & -(1L << 30)))).isNotNull();
      assertThat(scene.bench.reasonOf(ScalableBench.read(1L << 40))).isEqualTo(0x71);
    }
  }

  @Test
  @Clause("VTD-131")
  void largeLeafOf1GiB_withoutFs1gp_is72() {
    ScalableBench scene = scalable(VtdConfiguration.scalable().withCapability(Capability.FS1GP, 0));
    scene.withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 3);
    assertThat(scene.reasonOfRead()).isEqualTo(0x72);
  }

  @Test
  @Clause("VTD-131")
  void entry_withIgnoredBits_translates() {
    ScalableBench scene = mapped();
    scene.change(scene.firstAt(Bench.IOVA, 1), 0xb98L | -1L << 52, 0);
    scene.change(scene.firstAt(Bench.IOVA, 2), 0xb58L | -1L << 52, 0);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-132")
  void tables_withoutMemory_are73AtTheTopAnd70Below() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.firstStage(NO_MEMORY));
    assertThat(scene.reasonOfRead()).isEqualTo(0x73);
    for (int level = 2; level <= 4; level++) {
      scene = mapped();
      scene.memory.writeLong(scene.firstAt(Bench.IOVA, level), FirstStageEntry.table(NO_MEMORY));
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x70);
    }
  }

  @Test
  @Clause("VTD-133")
  void userRequest_toAPageOfTheSupervisor_is81AtEveryLevel() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped().with(PasidEntry.SRE, 1);
      scene.change(scene.firstAt(Bench.IOVA, level), 0, FirstStageEntry.US.mask());
      assertThat(scene.reasonOfRead()).as("level %d", level).isEqualTo(0x81);
      assertThat(scene.access(ScalableBench.read(Bench.IOVA).asPrivileged())).isEqualTo(OF_A);
      assertThat(scene.reasonOfRead()).as("level %d, cached", level).isEqualTo(0x81);
    }
  }

  @Test
  @Clause("VTD-134")
  void write_withoutRwAtAnyLevel_is85() {
    for (int level = 1; level <= 4; level++) {
      ScalableBench scene = mapped();
      scene.change(scene.firstAt(Bench.IOVA, level), 0, FirstStageEntry.RW.mask());
      assertThat(scene.reasonOfWrite()).as("level %d", level).isEqualTo(0x85);
      assertThat(scene.reasonOf(ScalableBench.request(AccessKind.ATOMIC, Bench.IOVA)))
          .isEqualTo(0x85);
      assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    }
  }

  @Test
  @Clause("VTD-135")
  void supervisorWrite_needsRwOnlyWithWpe() {
    ScalableBench scene = mapped().with(PasidEntry.SRE, 1);
    scene.change(scene.firstAt(Bench.IOVA, 1), 0, FirstStageEntry.RW.mask());
    assertThat(scene.access(ScalableBench.write(Bench.IOVA).asPrivileged())).isEqualTo(DONE);
    scene = mapped().with(PasidEntry.SRE, 1).with(PasidEntry.WPE, 1);
    scene.change(scene.firstAt(Bench.IOVA, 1), 0, FirstStageEntry.RW.mask());
    assertThat(scene.reasonOf(ScalableBench.write(Bench.IOVA).asPrivileged())).isEqualTo(0x85);
  }

  @Test
  @Clause("VTD-136")
  void read_setsAInEveryEntryAndDInNone() {
    ScalableBench scene = mapped();
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    for (int level = 1; level <= 4; level++) {
      assertThat(flags(scene, level)).as("level %d", level).isEqualTo(A);
    }
  }

  @Test
  @Clause("VTD-136")
  void write_setsDInTheLeafAlone_alsoAfterACachedRead() {
    ScalableBench scene = mapped();
    scene.access(ScalableBench.read(Bench.IOVA));
    assertThat(scene.access(ScalableBench.write(Bench.IOVA))).isEqualTo(DONE);
    assertThat(flags(scene, 1)).isEqualTo(A | D);
    assertThat(flags(scene, 2)).isEqualTo(A);
    scene.change(scene.firstAt(Bench.IOVA, 1), 0, A | D);
    scene.access(ScalableBench.read(Bench.IOVA));
    assertThat(flags(scene, 1)).as("a cached translation sets nothing").isZero();
  }

  @Test
  @Clause("VTD-136")
  void refusedWrite_leavesDClear() {
    ScalableBench scene = mapped();
    scene.change(scene.firstAt(Bench.IOVA, 1), 0, FirstStageEntry.RW.mask());
    assertThat(scene.reasonOfWrite()).isEqualTo(0x85);
    assertThat(flags(scene, 1) & D).isZero();
  }

  @Test
  @Clause("VTD-136")
  void entry_thatChangesBeforeItsUpdate_isReadAgain() {
    ScalableBench scene = mapped();
    long at = scene.firstAt(Bench.IOVA, 1);
    int slot = scene.bench.unit.request(ScalableBench.write(Bench.IOVA));
    for (int updates = 0; updates < 4; ) {
      scene.bench.unit.advance(slot);
      if (scene.bench.unit.stageOf(slot) == DmaRequest.Stage.FIRST_STAGE_UPDATE) {
        updates++;
      }
    }
    scene.memory.writeLong(at, FirstStageEntry.leaf(Bench.PAGE_B, 1, true));
    scene.bench.unit.drain();
    assertThat(scene.bench.unit.answer(slot)).isEqualTo(DONE);
    assertThat(scene.memory.readLong(Bench.PAGE_A)).isEqualTo(Bench.OF_A);
    assertThat(scene.memory.readLong(Bench.PAGE_B)).isEqualTo(1);
    assertThat(flags(scene, 1)).isEqualTo(A | D);
  }

  @Test
  @Clause("VTD-137")
  void extendedAccessed_isSetWithEafeAlone() {
    ScalableBench scene = mapped().with(PasidEntry.EAFE, 1);
    scene.change(scene.firstAt(Bench.IOVA, 1), A, 0);
    scene.access(ScalableBench.read(Bench.IOVA));
    for (int level = 1; level <= 4; level++) {
      assertThat(flags(scene, level)).as("level %d", level).isEqualTo(A | EA);
    }
  }

  @Test
  @Clause("VTD-138")
  void update_withoutSnoop_is90_unlessTheFlagsAreThere() {
    ScalableBench scene = mapped().with(PasidEntry.PWSNP, 0);
    assertThat(scene.reasonOfRead()).isEqualTo(0x90);
    for (int level = 1; level <= 4; level++) {
      scene.change(scene.firstAt(Bench.IOVA, level), A, 0);
    }
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    assertThat(scene.reasonOfWrite()).as("D is missing").isEqualTo(0x90);
  }

  @Test
  @Clause("VTD-139")
  void update_whereMemoryTakesNoAtomics_is91() {
    ScalableBench scene = scalable().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    scene.memory.refuseAtomics(scene.firstAt(Bench.IOVA, 1) & -4096, 4096);
    assertThat(scene.reasonOfRead()).isEqualTo(0x91);
    assertThat(flags(scene, 1)).as("VTD-139: no flag").isZero();
    scene.change(scene.firstAt(Bench.IOVA, 1), A, 0);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).as("no need").isEqualTo(OF_A);
    assertThat(scene.reasonOfWrite()).as("D is missing").isEqualTo(0x91);
  }

  @Test
  @Clause("VTD-140")
  void firstStage_hasFiveLevelsWithFspm() {
    ScalableBench scene = scalable().withFirstStage().with(PasidEntry.FSPM, 1);
    long far = Bench.IOVA | 1L << 55;
    scene.mapFirst(far, Bench.PAGE_A, 1);
    assertThat(scene.access(ScalableBench.read(far))).isEqualTo(OF_A);
    assertThat(scene.reasonOfRead()).isEqualTo(0x71);
  }

  @Test
  @Clause("VTD-141")
  void largePages_translateEveryOffset() {
    for (int level = 2; level <= 3; level++) {
      ScalableBench scene = scalable().withFirstStage();
      long iova = 5L << 30;
      scene.mapFirst(iova, Bench.PAGE_A, level);
      scene.memory.writeLong(Bench.PAGE_A + 0x1f_f008L, 77);
      assertThat(scene.access(ScalableBench.read(iova))).as("level %d", level).isEqualTo(OF_A);
      assertThat(scene.access(ScalableBench.read(iova + 0x1f_f008L)))
          .isEqualTo(AccessOutcome.completed(77));
    }
  }

  private static long flags(ScalableBench scene, int level) {
    return scene.memory.readLong(scene.firstAt(Bench.IOVA, level)) & (A | D | EA);
  }
}
