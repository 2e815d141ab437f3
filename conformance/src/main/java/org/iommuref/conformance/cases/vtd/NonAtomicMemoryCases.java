package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Radix.A;
import static org.iommuref.conformance.cases.vtd.Radix.D;
import static org.iommuref.conformance.cases.vtd.Radix.EA;
import static org.iommuref.conformance.cases.vtd.Radix.SECOND_A;
import static org.iommuref.conformance.cases.vtd.Radix.SECOND_D;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall.RefuseAtomics;

/**
 * Tables in memory that takes no atomic access: flags cannot be set there, and entries that have
 * them serve as ever. Manual 3.6.2, 3.7.2 and 7.1.3.
 */
final class NonAtomicMemoryCases {

  private static final int LEVELS = 4;
  private static final int FIRST_STAGE = 0x91;
  private static final int SECOND_STAGE = 0x7d;

  private NonAtomicMemoryCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        accessed(facts),
        extendedAccessed(facts),
        dirty(facts, AccessKind.WRITE),
        dirty(facts, AccessKind.ATOMIC),
        secondAccessed(facts),
        secondDirty(facts, AccessKind.WRITE),
        secondDirty(facts, AccessKind.ATOMIC),
        withoutFlags(facts));
  }

  /** The page of an entry takes no atomic access, all other memory does. */
  static VtdScene refuse(VtdScene scene, long entry) {
    scene.needs(Capability.NON_ATOMIC_MEMORY);
    return scene.add(new RefuseAtomics(new PhysAddr(entry & -PAGE), PAGE, Expect.ANY));
  }

  /**
   * An entry lacks flags that a read needs: the read must be refused and set none. Once software
   * has set them it must be served, by an entry that still cannot be changed: nothing was cached of
   * it.
   */
  static void refusesRead(VtdScene scene, long entry, long flags, int reason) {
    scene.script.change(entry, 0, flags);
    refuse(scene, entry).forgetAll().refuses(IOVA, reason).holds(entry, flags, 0);
    scene.script.change(entry, flags, 0);
    if (scene.facts.cachingMode()) {
      scene.forgetAll();
    }
    scene.reads(IOVA, 1);
  }

  /** The same of D and a write, which a read does without. */
  private static void refusesWrite(
      ScalableScene s, AccessKind kind, long entry, long dirty, int reason) {
    VtdScene scene = s.scene();
    scene.script.change(entry, 0, dirty);
    refuse(scene, entry).forgetAll().reads(IOVA, 1).refuses(kind, IOVA, reason).reads(IOVA, 1);
    scene.holds(entry, dirty, 0).script.change(entry, dirty, 0);
    scene.forgetAll().writes(IOVA, scene.page(1)).holds(entry, dirty, dirty);
  }

  private static ScalableScene first(String clause, String name, VtdFacts facts) {
    ScalableScene s = ScalableScene.first(clause, name, facts);
    s.scene().only(facts.has(Feature.SMPWCS));
    return s;
  }

  @Clause("VTD-139")
  private static Case accessed(VtdFacts facts) {
    ScalableScene s = first("VTD-139", "A in each table", facts);
    for (int level = 1; level <= LEVELS; level++) {
      refusesRead(s.scene(), s.stage().entry(IOVA, level), A, FIRST_STAGE);
    }
    return s.end();
  }

  @Clause("VTD-139")
  private static Case extendedAccessed(VtdFacts facts) {
    ScalableScene s = first("VTD-139", "EA in each table", facts);
    s.scene().only(facts.has(Feature.EAFS));
    for (int level = 1; level <= LEVELS; level++) {
      s.stage().change(IOVA, level, EA, 0);
    }
    s.with(PasidFields.EAFE, 1);
    for (int level = 1; level <= LEVELS; level++) {
      refusesRead(s.scene(), s.stage().entry(IOVA, level), EA, FIRST_STAGE);
    }
    return s.end();
  }

  private static String words(AccessKind kind) {
    return kind == AccessKind.WRITE ? "D and a write" : "D and an atomic access";
  }

  @Clause("VTD-139")
  private static Case dirty(VtdFacts facts, AccessKind kind) {
    ScalableScene s = first("VTD-139", words(kind), facts);
    refusesWrite(s, kind, s.stage().entry(IOVA, 1), D, FIRST_STAGE);
    return s.end();
  }

  /** With SSADE, and all flags set. */
  private static ScalableScene second(String name, VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-148", name, facts);
    s.scene().only(facts.has(Feature.SSADS) && facts.has(Feature.SMPWCS));
    for (int level = 1; level <= facts.levels(); level++) {
      s.stage().change(IOVA, level, level == 1 ? SECOND_A | SECOND_D : SECOND_A, 0);
    }
    return s.with(PasidFields.SSADE, 1);
  }

  @Clause("VTD-148")
  private static Case secondAccessed(VtdFacts facts) {
    ScalableScene s = second("A in each table", facts);
    for (int level = 1; level <= facts.levels(); level++) {
      refusesRead(s.scene(), s.stage().entry(IOVA, level), SECOND_A, SECOND_STAGE);
    }
    return s.end();
  }

  @Clause("VTD-148")
  private static Case secondDirty(VtdFacts facts, AccessKind kind) {
    ScalableScene s = second(words(kind), facts);
    refusesWrite(s, kind, s.stage().entry(IOVA, 1), SECOND_D, SECOND_STAGE);
    return s.end();
  }

  @Clause("VTD-148")
  private static Case withoutFlags(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-148", "no flags without SSADE", facts);
    for (int level = 1; level <= facts.levels(); level++) {
      long entry = s.stage().entry(IOVA, level);
      refuse(s.scene(), entry).forgetAll().reads(IOVA, 1).writes(IOVA, s.scene().page(1));
      s.scene().holds(entry, SECOND_A | SECOND_D, 0).tagged(1);
    }
    return s.end();
  }
}
