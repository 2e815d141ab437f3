package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Radix.A;
import static org.iommuref.conformance.cases.vtd.Radix.D;
import static org.iommuref.conformance.cases.vtd.Radix.EA;
import static org.iommuref.conformance.cases.vtd.Radix.PRESENT;
import static org.iommuref.conformance.cases.vtd.Radix.PS;
import static org.iommuref.conformance.cases.vtd.Radix.RW;
import static org.iommuref.conformance.cases.vtd.Radix.US;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.NOWHERE;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;

/** Walks of a first stage. Manual 3.6, 7.1.3 and 9.7. */
final class FirstStageCases {

  private static final int LEVELS = 4;

  private FirstStageCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        canonical(facts),
        widthOfSecondStage(facts),
        absent(facts),
        reserved(facts),
        unalignedLeaf(facts),
        ignored(facts),
        unreadable(facts),
        userSupervisor(facts),
        supervisorPages(facts),
        readWrite(facts),
        atomic(facts),
        writeProtect(facts),
        accessed(facts),
        dirty(facts),
        refusedWriteLeavesDirty(facts),
        extendedAccessed(facts),
        withoutSnoop(facts),
        extendedWithoutSnoop(facts),
        fiveLevels(facts),
        largePages(facts));
  }

  /** The first device also by {@link ScalableTables#PASID}, with supervisor requests. */
  private static ScalableScene supervising(String clause, String name, VtdFacts facts) {
    ScalableScene s = ScalableScene.first(clause, name, facts);
    s.scene().only(facts.has(Feature.PASID) && facts.has(Feature.SRS));
    long[] entry = s.entry();
    PasidFields.SRE.put(entry, 1);
    s.tables().put(Requester.FIRST.rid(), PASID, entry);
    return s;
  }

  private static Requester user() {
    return Requester.FIRST.with(PASID);
  }

  @Clause("VTD-121")
  private static Case canonical(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-121", "addresses that are not canonical", facts);
    VtdScene scene = s.scene();
    scene.refuses(1L << 47, 0x80).refuses(1L << 62, 0x80).refuses((-1L << 48) - PAGE, 0x80);
    scene.refuses((1L << 47) - PAGE, 0x71).refuses(-1L << 47, 0x71);
    if (facts.fiveLevelFirstStage()) {
      s.tables().put(s.tables().firstStage(Radix.first(scene.script, 5), DOMAIN));
      scene.forgetAll().refuses(1L << 56, 0x80).refuses(1L << 55, 0x71).refuses(-PAGE, 0x71);
    }
    return scene.end();
  }

  /** AW is ignored, or 0 where there is no second stage. Manual 9.6. */
  @Clause("VTD-121")
  private static Case widthOfSecondStage(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-121", "whatever AW holds", facts);
    for (int width = 0; width < (facts.has(Feature.SSTS) ? 8 : 1); width++) {
      s.with(PasidFields.AW, width).scene().reads(IOVA, 1).refuses(1L << 47, 0x80);
    }
    return s.end();
  }

  @Clause("VTD-130")
  private static Case absent(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-130", "P clear at each level", facts);
    for (int level = 1; level <= LEVELS; level++) {
      s.refusesAfter(s.stage().entry(IOVA, level), 1L << 51, PRESENT, 0x71);
      s.scene().refuses(IOVA + Radix.bytes(level), 0x71);
      s.scene().refusesWrite(IOVA + Radix.bytes(level), 0x71);
    }
    return s.end();
  }

  @Clause("VTD-131")
  private static Case reserved(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-131", "reserved fields at each level", facts);
    for (int level = 1; level <= LEVELS; level++) {
      for (int bit : new int[] {facts.hostAddressBits(), 51}) {
        s.refusesAfter(s.stage().entry(IOVA, level), 1L << bit, 0, 0x72);
      }
    }
    s.refusesAfter(s.stage().entry(IOVA, LEVELS), PS, Radix.ADDRESS, 0x72);
    if (!facts.supportsFirstStageLeaf(3)) {
      s.refusesAfter(s.stage().entry(IOVA, 3), PS, Radix.ADDRESS, 0x72);
    }
    if (facts.fiveLevelFirstStage()) {
      Radix five = Radix.first(s.scene().script, 5);
      five.map(IOVA, s.scene().page(1));
      s.tables().put(s.tables().firstStage(five, DOMAIN));
      s.refusesAfter(five.entry(IOVA, 5), PS, Radix.ADDRESS, 0x72);
      s.refusesAfter(five.entry(IOVA, 4), PS, Radix.ADDRESS, 0x72);
    }
    return s.end();
  }

  @Clause("VTD-131")
  private static Case unalignedLeaf(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-131", "leaves with an address below", facts);
    for (int level = 2; level <= 3; level++) {
      if (facts.supportsFirstStageLeaf(level)) {
        long entry = s.stage().entry(IOVA, level);
        for (long below = 1 << 13; below < Radix.bytes(level); below <<= 3) {
          s.refusesAfter(entry, PS | below, Radix.ADDRESS & ~below, 0x72);
        }
      }
    }
    return s.end();
  }

  @Clause("VTD-202")
  private static Case ignored(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-202", "every bit of a first stage", facts);
    s.stage().change(IOVA, 1, 0xf98 | -1L << 52, 0);
    for (int level = 2; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, 0xf58 | -1L << 52, 0);
    }
    s.scene().forgetAll().reads(IOVA, 1);
    long large = 16L << 30;
    long target = s.scene().facts.memory().base() + (1L << 30);
    s.scene().put(target, VtdScene.tag(2));
    s.stage().map(large, target, 2);
    s.stage().change(large, 2, 1 << 12, 0);
    return s.scene().forgetAll().reads(large, 2).end();
  }

  @Clause("VTD-132")
  private static Case unreadable(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-132", "tables in no memory", facts);
    for (int level = 2; level <= LEVELS; level++) {
      s.refusesAfter(s.stage().entry(IOVA, level), NOWHERE, Radix.ADDRESS & ~NOWHERE, 0x70);
    }
    long[] entry = s.entry();
    entry[2] = (entry[2] & ~Radix.ADDRESS) | NOWHERE;
    s.refusesAs(entry, 0x73);
    return s.end();
  }

  @Clause("VTD-133")
  private static Case userSupervisor(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-133", "U/S clear at each level", facts);
    for (int level = 1; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, 0, US);
      s.scene().forgetAll().refuses(IOVA, 0x81).refusesWrite(IOVA, 0x81);
      s.stage().change(IOVA, level, US, 0);
    }
    return s.scene().forgetAll().reads(IOVA, 1).end();
  }

  @Clause("VTD-133")
  private static Case supervisorPages(VtdFacts facts) {
    ScalableScene s = supervising("VTD-133", "a supervisor and U/S", facts);
    for (int level = 1; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, 0, US);
      s.scene().forgetAll().by(user()).refuses(IOVA, 0x81);
      s.scene().by(user().supervisor()).reads(IOVA, 1).by(user()).refuses(IOVA, 0x81);
      s.stage().change(IOVA, level, US, 0);
    }
    return s.end();
  }

  @Clause("VTD-134")
  private static Case readWrite(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-134", "R/W clear at each level", facts);
    for (int level = 1; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, 0, RW);
      s.scene().forgetAll().refusesWrite(IOVA, 0x85).reads(IOVA, 1).refusesWrite(IOVA, 0x85);
      s.stage().change(IOVA, level, RW, 0);
    }
    return s.scene().forgetAll().writes(IOVA, s.scene().page(1)).end();
  }

  @Clause("VTD-134")
  private static Case atomic(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-134", "an atomic access and R/W", facts);
    s.stage().change(IOVA, 1, 0, RW);
    return s.scene().forgetAll().refuses(AccessKind.ATOMIC, IOVA, 0x85).end();
  }

  @Clause("VTD-135")
  private static Case writeProtect(VtdFacts facts) {
    ScalableScene s = supervising("VTD-135", "a supervisor and R/W", facts);
    s.stage().change(IOVA, 1, 0, RW);
    s.scene().forgetAll().by(user().supervisor()).writes(IOVA, s.scene().page(1)).tagged(1);
    long[] entry = s.entry();
    PasidFields.SRE.put(entry, 1);
    PasidFields.WPE.put(entry, 1);
    s.tables().put(Requester.FIRST.rid(), PASID, entry);
    s.scene().forgetAll().refusesWrite(IOVA, 0x85).reads(IOVA, 1);
    s.stage().change(IOVA, 1, RW, 0);
    return s.scene().forgetAll().writes(IOVA, s.scene().page(1)).end();
  }

  /** The flags of the entries for {@link VtdScene#IOVA} are clear. */
  private static ScalableScene unused(String clause, String name, VtdFacts facts) {
    ScalableScene s = ScalableScene.first(clause, name, facts);
    s.scene().only(facts.has(Feature.SMPWCS));
    for (int level = 1; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, 0, A | D | EA);
    }
    s.scene().forgetAll();
    return s;
  }

  private static void flags(ScalableScene s, int level, long flags) {
    s.scene().holds(s.stage().entry(IOVA, level), A | EA | (level == 1 ? D : 0), flags);
  }

  @Clause("VTD-136")
  private static Case accessed(VtdFacts facts) {
    ScalableScene s = unused("VTD-136", "a read", facts);
    s.scene().reads(IOVA, 1);
    for (int level = 1; level <= LEVELS; level++) {
      flags(s, level, A);
    }
    return s.end();
  }

  @Clause("VTD-136")
  private static Case dirty(VtdFacts facts) {
    ScalableScene s = unused("VTD-136", "a write after a read", facts);
    s.scene().reads(IOVA, 1).writes(IOVA, s.scene().page(1));
    flags(s, 1, A | D);
    for (int level = 2; level <= LEVELS; level++) {
      flags(s, level, A);
    }
    s.stage().map(IOVA + PAGE, s.scene().page(2));
    s.stage().change(IOVA + PAGE, 1, 0, A | D);
    s.scene().forgetAll().writes(IOVA + PAGE, s.scene().page(2));
    return s.scene().holds(s.stage().entry(IOVA + PAGE, 1), A | D, A | D).end();
  }

  @Clause("VTD-136")
  private static Case refusedWriteLeavesDirty(VtdFacts facts) {
    ScalableScene s = unused("VTD-136", "a write that is refused", facts);
    s.stage().change(IOVA, 1, 0, RW);
    s.scene().forgetAll().refusesWrite(IOVA, 0x85);
    return s.scene().holds(s.stage().entry(IOVA, 1), D, 0).end();
  }

  @Clause("VTD-137")
  private static Case extendedAccessed(VtdFacts facts) {
    ScalableScene s = unused("VTD-137", "EA with and without EAFE", facts);
    s.scene().only(facts.has(Feature.EAFS)).reads(IOVA, 1);
    for (int level = 1; level <= LEVELS; level++) {
      flags(s, level, A);
    }
    s.with(PasidFields.EAFE, 1);
    s.stage().change(IOVA, 1, A, 0);
    s.scene().forgetAll().reads(IOVA, 1);
    for (int level = 1; level <= LEVELS; level++) {
      flags(s, level, A | EA);
    }
    return s.end();
  }

  @Clause("VTD-138")
  private static Case withoutSnoop(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-138", "flags with PWSNP clear", facts);
    s.with(PasidFields.PWSNP, 0).scene().reads(IOVA, 1).writes(IOVA, s.scene().page(1)).tagged(1);
    for (int level = 1; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, 0, A);
      s.scene().forgetAll().refuses(IOVA, 0x90);
      s.stage().change(IOVA, level, A, 0);
    }
    s.stage().change(IOVA, 1, 0, D);
    return s.scene().forgetAll().reads(IOVA, 1).refusesWrite(IOVA, 0x90).end();
  }

  @Clause("VTD-138")
  private static Case extendedWithoutSnoop(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-138", "EA with PWSNP clear", facts);
    s.scene().only(facts.has(Feature.EAFS));
    for (int level = 1; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, EA, 0);
    }
    s.with(PasidFields.EAFE, 1).with(PasidFields.PWSNP, 0).scene().reads(IOVA, 1);
    for (int level = 1; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, 0, EA);
      s.scene().forgetAll().refuses(IOVA, 0x90);
      s.stage().change(IOVA, level, EA, 0);
    }
    return s.end();
  }

  @Clause("VTD-140")
  private static Case fiveLevels(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-140", "four levels and five", facts);
    s.scene().reads(IOVA, 1);
    if (facts.fiveLevelFirstStage()) {
      Radix five = Radix.first(s.scene().script, 5);
      long far = IOVA | 1L << 55;
      five.map(far, s.scene().page(2));
      s.tables().put(s.tables().firstStage(five, DOMAIN));
      s.scene().forgetAll().reads(far, 2).refuses(IOVA, 0x71);
    }
    return s.end();
  }

  @Clause("VTD-141")
  private static Case largePages(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-141", "every offset of a large page", facts);
    long base = s.scene().facts.memory().base();
    for (int level = 2; level <= 3; level++) {
      if (facts.supportsFirstStageLeaf(level)) {
        long iova = (8L * level) << 30;
        s.stage().map(iova, base + (1L << 30), level);
        for (long inside = 0; inside < Radix.bytes(level); inside = 2 * inside + PAGE) {
          int number = inside == 0 ? 1 : 2;
          s.scene().put(base + (1L << 30) + inside, VtdScene.tag(number));
          s.scene().reads(iova + inside, number);
        }
      }
    }
    return s.end();
  }
}
