package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Radix.PS;
import static org.iommuref.conformance.cases.vtd.Radix.READ;
import static org.iommuref.conformance.cases.vtd.Radix.RIGHTS;
import static org.iommuref.conformance.cases.vtd.Radix.SECOND_A;
import static org.iommuref.conformance.cases.vtd.Radix.SECOND_D;
import static org.iommuref.conformance.cases.vtd.Radix.SNP;
import static org.iommuref.conformance.cases.vtd.Radix.WRITE;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.NOWHERE;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;

/** Walks of a second stage in scalable mode. Manual 3.7, 7.1.3 and 9.8. */
final class ScalableSecondStageCases {

  private ScalableSecondStageCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        beyondWidth(facts),
        withoutRights(facts),
        noneLeft(facts),
        reserved(facts),
        ignored(facts),
        leaves(facts),
        unreadable(facts),
        missingRights(facts),
        flags(facts),
        refusedWriteLeavesDirty(facts),
        withoutSnoop(facts),
        levels(facts));
  }

  @Clause("VTD-120")
  private static Case beyondWidth(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-120", "addresses beyond each width", facts);
    for (int width = VtdFacts.AW_39; width <= VtdFacts.AW_57; width++) {
      if (facts.supportsWidth(width)) {
        Radix table = Radix.second(s.scene().script, width + 2);
        s.tables().put(s.tables().secondStage(table, DOMAIN));
        long beyond = 1L << facts.addressBits(width);
        s.scene().forgetAll().refuses(beyond, 0x84).refuses(-PAGE, 0x84);
        s.scene().refuses(beyond - PAGE, 0x79);
      }
    }
    return s.end();
  }

  @Clause("VTD-142")
  private static Case withoutRights(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-142", "neither right at each level", facts);
    for (int level = 1; level <= facts.levels(); level++) {
      s.refusesAfter(s.stage().entry(IOVA, level), ~(long) RIGHTS, RIGHTS, 0x79);
      s.scene().refuses(IOVA + Radix.bytes(level), 0x79);
      s.scene().refusesWrite(IOVA + Radix.bytes(level), 0x79);
    }
    return s.end();
  }

  @Clause("VTD-142")
  private static Case noneLeft(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-142", "rights that leave none", facts);
    s.stage().change(IOVA, 3, 0, WRITE);
    s.stage().change(IOVA, 2, 0, READ);
    return s.scene().forgetAll().refuses(IOVA, 0x79).refusesWrite(IOVA, 0x79).end();
  }

  @Clause("VTD-143")
  private static Case reserved(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-143", "reserved fields at each level", facts);
    for (int level = 1; level <= facts.levels(); level++) {
      long entry = s.stage().entry(IOVA, level);
      for (int bit : new int[] {facts.hostAddressBits(), 51, 62}) {
        s.refusesAfter(entry, 1L << bit, 0, 0x7a);
      }
      if (level > 1 || !facts.has(Feature.SC)) {
        s.refusesAfter(entry, SNP, 0, 0x7a);
      }
      if (level > 3) {
        s.refusesAfter(entry, PS, Radix.ADDRESS, 0x7a);
      }
    }
    if (facts.has(Feature.SC)) {
      s.stage().change(IOVA, 1, SNP, 0);
      s.scene().forgetAll().reads(IOVA, 1);
    }
    return s.end();
  }

  @Clause("VTD-202")
  private static Case ignored(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-202", "every bit of a second stage", facts);
    long ignored = 0x77c | 0x1ffL << 52 | 1L << 61 | 1L << 63;
    s.stage().change(IOVA, 1, ignored | PS, 0);
    for (int level = 2; level <= facts.levels(); level++) {
      s.stage().change(IOVA, level, ignored, 0);
    }
    return s.scene().forgetAll().reads(IOVA, 1).end();
  }

  @Clause("VTD-143")
  private static Case leaves(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-143", "leaves of each size", facts);
    long target = facts.memory().base() + (1L << 30);
    s.scene().put(target + PAGE, VtdScene.tag(2));
    for (int level = 2; level <= 3; level++) {
      long iova = (8L * level) << 30;
      long entry = s.stage().entry(iova, level);
      s.scene().put(entry, target | RIGHTS | PS).forgetAll();
      if (facts.supportsLeaf(level)) {
        s.scene().reads(iova + PAGE, 2);
        for (long below = PAGE; below < Radix.bytes(level); below <<= 4) {
          s.scene().put(entry, target | below | RIGHTS | PS).forgetAll().refuses(iova, 0x7a);
        }
      } else {
        s.scene().refuses(iova, 0x7a);
      }
    }
    return s.end();
  }

  @Clause("VTD-144")
  private static Case unreadable(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-144", "tables in no memory", facts);
    for (int level = 2; level <= facts.levels(); level++) {
      s.refusesAfter(s.stage().entry(IOVA, level), NOWHERE, Radix.ADDRESS & ~NOWHERE, 0x78);
    }
    long[] entry = s.entry();
    entry[0] = (entry[0] & ~Radix.ADDRESS) | NOWHERE;
    s.refusesAs(entry, 0x7b);
    return s.end();
  }

  @Clause("VTD-145")
  private static Case missingRights(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-145", "a right that one level lacks", facts);
    VtdScene scene = s.scene();
    for (int level = 1; level <= facts.levels(); level++) {
      s.stage().change(IOVA, level, 0, WRITE);
      scene.forgetAll().refusesWrite(IOVA, 0x85).reads(IOVA, 1).refusesWrite(IOVA, 0x85);
      s.stage().change(IOVA, level, WRITE, READ);
      scene.forgetAll().refuses(IOVA, 0x86).writes(IOVA, scene.page(1)).refuses(IOVA, 0x86);
      s.stage().change(IOVA, level, READ, 0);
      scene.tagged(1);
    }
    return scene.end();
  }

  private static void holds(ScalableScene s, int level, long flags) {
    long mask = SECOND_A | (level == 1 ? SECOND_D : 0);
    s.scene().holds(s.stage().entry(IOVA, level), mask, flags);
  }

  @Clause("VTD-146")
  private static Case flags(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-146", "flags without SSADE and with it", facts);
    s.scene().only(facts.has(Feature.SSADS)).writes(IOVA, s.scene().page(1)).tagged(1);
    for (int level = 1; level <= facts.levels(); level++) {
      holds(s, level, 0);
    }
    s.with(PasidFields.SSADE, 1).scene().reads(IOVA, 1);
    for (int level = 1; level <= facts.levels(); level++) {
      holds(s, level, SECOND_A);
    }
    s.scene().writes(IOVA, s.scene().page(1));
    holds(s, 1, SECOND_A | SECOND_D);
    return s.end();
  }

  @Clause("VTD-146")
  private static Case refusedWriteLeavesDirty(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-146", "a write that is refused", facts);
    s.scene().only(facts.has(Feature.SSADS));
    s.stage().change(IOVA, 1, 0, WRITE);
    s.with(PasidFields.SSADE, 1).scene().refusesWrite(IOVA, 0x85);
    return s.scene().holds(s.stage().entry(IOVA, 1), SECOND_D, 0).end();
  }

  @Clause("VTD-147")
  private static Case withoutSnoop(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-147", "flags with PWSNP clear", facts);
    s.scene().only(facts.has(Feature.SSADS));
    s.with(PasidFields.SSADE, 1).with(PasidFields.PWSNP, 0).scene().refuses(IOVA, 0x7c);
    for (int level = 1; level <= facts.levels(); level++) {
      s.stage().change(IOVA, level, SECOND_A, 0);
    }
    return s.scene().forgetAll().reads(IOVA, 1).refusesWrite(IOVA, 0x7c).end();
  }

  @Clause("VTD-149")
  private static Case levels(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-149", "as many levels as the width wants", facts);
    for (int width = VtdFacts.AW_39; width <= VtdFacts.AW_57; width++) {
      if (facts.supportsWidth(width)) {
        Radix table = Radix.second(s.scene().script, width + 2);
        long high = (1L << (facts.addressBits(width) - 1)) + IOVA % (1L << 38);
        table.map(high, s.scene().page(2));
        s.tables().put(s.tables().secondStage(table, DOMAIN));
        s.scene().forgetAll().reads(high, 2).refuses(high + PAGE, 0x79);
      }
    }
    return s.end();
  }
}
