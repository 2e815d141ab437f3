package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Radix.PS;
import static org.iommuref.conformance.cases.vtd.Radix.READ;
import static org.iommuref.conformance.cases.vtd.Radix.RIGHTS;
import static org.iommuref.conformance.cases.vtd.Radix.SNP;
import static org.iommuref.conformance.cases.vtd.Radix.WRITE;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;

/** Walks of second-stage tables in legacy mode. Manual 3.7, 7.1.3 and 9.8. */
final class SecondStageCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final long INTERRUPTS_END = 0xfef0_0000L;
  private static final long LARGE = 1L << 21;
  private static final long HUGE = 1L << 30;

  private SecondStageCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        beyondWidth(facts),
        levels(facts),
        everyLevelLimits(facts),
        everyLevelLimitsCached(facts),
        writeReason(facts),
        readReason(facts),
        writeByCachedTranslation(facts),
        readByCachedTranslation(facts),
        reserved(facts),
        unalignedLeaf(facts),
        absentWithReservedBits(facts),
        ignored(facts),
        leaves(facts),
        outputInInterruptRange(facts),
        inputInInterruptRange(facts),
        pasid(facts),
        zeroLengthRead(facts));
  }

  /** A scene, and tables that map {@link VtdScene#IOVA} to page 1. */
  private record Mapped(VtdScene scene, LegacyTables tables) {

    static Mapped of(String clause, String name, VtdFacts facts) {
      VtdScene scene = new VtdScene(clause, name, facts);
      LegacyTables tables = new LegacyTables(scene);
      tables.stage.map(IOVA, scene.page(1));
      tables.attach();
      scene.tagged(1).start().then();
      return new Mapped(scene, tables);
    }
  }

  @Clause("VTD-009")
  private static Case beyondWidth(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-009", "addresses beyond each width", facts);
    VtdScene scene = mapped.scene();
    for (int width = VtdFacts.AW_39; width <= VtdFacts.AW_57; width++) {
      if (facts.supportsWidth(width)) {
        long beyond = 1L << facts.addressBits(width);
        mapped.tables().context(FIRST, scene.page() | 1, width | (long) DOMAIN << 8);
        scene.forgetAll().refuses(beyond, 0x04).refuses(-PAGE, 0x04);
        scene.refuses(beyond - PAGE, 0x06).refusesWrite(beyond, 0x04);
      }
    }
    return scene.end();
  }

  @Clause("VTD-010")
  private static Case levels(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-010", "as many levels as the width wants", facts);
    VtdScene scene = mapped.scene();
    for (int width = VtdFacts.AW_39; width <= VtdFacts.AW_57; width++) {
      if (facts.supportsWidth(width)) {
        Radix table = Radix.second(scene.script, width + 2);
        long high = (1L << (facts.addressBits(width) - 1)) + IOVA % (1L << 38);
        table.map(IOVA, scene.page(1));
        table.map(high, scene.page(1));
        mapped.tables().context(FIRST, table.top() | 1, width | (long) DOMAIN << 8);
        scene.forgetAll().reads(IOVA, 1).reads(high, 1).refuses(high + PAGE, 0x06);
      }
    }
    return scene.end();
  }

  @Clause("VTD-011")
  private static Case everyLevelLimits(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-011", "a right that one level lacks", facts);
    VtdScene scene = mapped.scene();
    Radix stage = mapped.tables().stage;
    for (int level = 1; level <= facts.levels(); level++) {
      stage.change(IOVA, level, 0, WRITE);
      scene.forgetAll().refusesWrite(IOVA, 0x05).forgetAll().reads(IOVA, 1);
      stage.change(IOVA, level, WRITE, READ);
      scene.forgetAll().refuses(IOVA, 0x06).forgetAll();
      scene.writes(IOVA, scene.page(1)).tagged(1);
      stage.change(IOVA, level, READ, 0);
    }
    return scene.forgetAll().reads(IOVA, 1).end();
  }

  /** Under FPD, since whether a refusal from the cache is recorded is not the question here. */
  @Clause("VTD-011")
  private static Case everyLevelLimitsCached(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-011", "a right that one level lacks, cached", facts);
    VtdScene scene = mapped.scene();
    Radix stage = mapped.tables().stage;
    long low = stage.top() | LegacyTables.P | LegacyTables.FPD;
    mapped.tables().context(FIRST, low, mapped.tables().high(DOMAIN));
    for (int level = 1; level <= facts.levels(); level++) {
      stage.change(IOVA, level, 0, WRITE);
      scene.forgetAll().reads(IOVA, 1).raisesWrite(IOVA).holds(scene.page(1), VtdScene.tag(1));
      stage.change(IOVA, level, WRITE, 0);
    }
    return scene.nothingRecorded().end();
  }

  @Clause("VTD-012")
  private static Case writeReason(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-012", "writes without the right", facts);
    mapped.tables().stage.change(IOVA, 1, 0, WRITE);
    VtdScene scene = mapped.scene().forgetAll().refusesWrite(IOVA, 0x05);
    for (int level = 1; level <= facts.levels(); level++) {
      scene.refusesWrite(IOVA + Radix.bytes(level), 0x05);
    }
    return scene.holds(scene.page(1), VtdScene.tag(1)).end();
  }

  @Clause("VTD-013")
  private static Case readReason(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-013", "reads without the right", facts);
    mapped.tables().stage.change(IOVA, 1, 0, READ);
    VtdScene scene = mapped.scene().forgetAll().refuses(IOVA, 0x06);
    for (int level = 1; level <= facts.levels(); level++) {
      scene.refuses(IOVA + Radix.bytes(level), 0x06);
    }
    return scene.end();
  }

  @Clause("VTD-012")
  private static Case writeByCachedTranslation(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-012", "a write by what a read has cached", facts);
    mapped.tables().stage.change(IOVA, 1, 0, WRITE);
    return mapped.scene().forgetAll().reads(IOVA, 1).refusesWrite(IOVA, 0x05).end();
  }

  @Clause("VTD-013")
  private static Case readByCachedTranslation(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-013", "a read by what a write has cached", facts);
    mapped.tables().stage.change(IOVA, 1, 0, READ);
    VtdScene scene = mapped.scene().forgetAll();
    return scene.writes(IOVA, scene.page(1)).refuses(IOVA, 0x06).end();
  }

  @Clause("VTD-014")
  private static Case reserved(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-014", "each reserved field at each level", facts);
    VtdScene scene = mapped.scene();
    Radix stage = mapped.tables().stage;
    for (int level = 1; level <= facts.levels(); level++) {
      for (int bit : reservedBits(facts, level)) {
        stage.change(IOVA, level, 1L << bit, 0);
        scene.forgetAll().refuses(IOVA, 0x0c);
        stage.change(IOVA, level, 0, 1L << bit);
      }
    }
    stage.change(IOVA, 1, 1L << 62, READ);
    return scene.forgetAll().refusesWrite(IOVA, 0x0c).end();
  }

  private static List<Integer> reservedBits(VtdFacts facts, int level) {
    List<Integer> bits = new ArrayList<>(List.of(62, facts.hostAddressBits(), 51));
    if (level > 1 || !facts.has(Feature.SC)) {
      bits.add(11);
    }
    return bits;
  }

  @Clause("VTD-014")
  private static Case unalignedLeaf(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-014", "large leaves with an address below their size", facts);
    VtdScene scene = mapped.scene().only(facts.supportsLeaf(2));
    for (int level = 2; facts.supportsLeaf(level); level++) {
      long iova = 2L * level * HUGE;
      for (long below = PAGE; below < Radix.bytes(level); below <<= 4) {
        scene.put(mapped.tables().stage.entry(iova, level), below | RIGHTS | PS);
        scene.forgetAll().refuses(iova, 0x0c);
      }
    }
    return scene.end();
  }

  @Clause("VTD-014")
  private static Case absentWithReservedBits(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-014", "entries without rights, whatever they hold", facts);
    VtdScene scene = mapped.scene();
    for (int level = 1; level <= facts.levels(); level++) {
      long entry = mapped.tables().stage.entry(IOVA, level);
      long before = scene.script.at(entry);
      scene.put(entry, ~(long) RIGHTS).forgetAll().refuses(IOVA, 0x06).put(entry, before);
    }
    return scene.end();
  }

  @Clause("VTD-051")
  private static Case ignored(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-051", "table entries with every ignored bit set", facts);
    VtdScene scene = mapped.scene();
    Radix stage = mapped.tables().stage;
    long ignored = 0x77c | 0x1ffL << 52 | 1L << 61 | 1L << 63;
    stage.change(IOVA, 1, ignored | PS | (facts.has(Feature.SC) ? SNP : 0), 0);
    for (int level = 2; level <= facts.levels(); level++) {
      stage.change(IOVA, level, ignored, 0);
    }
    return scene.forgetAll().reads(IOVA, 1).end();
  }

  @Clause("VTD-015")
  private static Case leaves(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-015", "leaves of each size", facts);
    VtdScene scene = mapped.scene();
    long base = facts.memory().base();
    long inside = 0x12_3000;
    scene.put(base + LARGE + inside, VtdScene.tag(2));
    scene.put(base + HUGE + inside, VtdScene.tag(3));
    for (int level = 2; level <= facts.levels(); level++) {
      long iova = 2L * level * HUGE;
      long entry = mapped.tables().stage.entry(iova, level);
      long target = level == 2 ? base + LARGE : base + HUGE;
      scene.put(entry, (level > 3 ? 0 : target) | RIGHTS | PS).forgetAll();
      if (facts.supportsLeaf(level)) {
        scene.reads(iova + inside, level);
        scene.put(entry, target | RIGHTS | PS | Radix.bytes(level) >> 1).forgetAll();
      }
      scene.refuses(iova + inside, 0x0c);
    }
    return scene.end();
  }

  @Clause("VTD-017")
  private static Case outputInInterruptRange(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-017", "a page mapped to the interrupt range", facts);
    VtdScene scene = mapped.scene();
    for (long output : List.of(Remapping.INTERRUPTS, INTERRUPTS_END - PAGE)) {
      mapped.tables().stage.map(IOVA, output);
      scene.forgetAll().refuses(IOVA, 0x0e).refusesWrite(IOVA, 0x0e);
    }
    return scene.end();
  }

  @Clause("VTD-018")
  private static Case inputInInterruptRange(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-018", "the interrupt range is mapped", facts);
    VtdScene scene = mapped.scene();
    Radix stage = mapped.tables().stage;
    stage.map(Remapping.INTERRUPTS, scene.page(1));
    stage.map(INTERRUPTS_END - PAGE, scene.page(1));
    stage.map(Remapping.INTERRUPTS - PAGE, scene.page(1));
    stage.map(INTERRUPTS_END, scene.page(1));
    scene.touches(Remapping.INTERRUPTS).pends(0x29);
    scene.expect32(scene.records().next() + 8, 0xffff, Requester.FIRST.rid().value()).giveBack();
    return scene
        .refuses(Remapping.INTERRUPTS, 0x29)
        .refuses(INTERRUPTS_END - PAGE, 0x29)
        .refusesWrite(Remapping.INTERRUPTS, 0x29)
        .reads(Remapping.INTERRUPTS - PAGE, 1)
        .reads(INTERRUPTS_END, 1)
        .end();
  }

  @Clause("VTD-019")
  private static Case pasid(VtdFacts facts) {
    return Mapped.of("VTD-019", "requests with PASID in legacy mode", facts)
        .scene()
        .reads(IOVA, 1)
        .by(Requester.FIRST.with(1))
        .refuses(IOVA, 0x31)
        .by(Requester.FIRST.with(0))
        .refuses(IOVA, 0x31)
        .by(Requester.FIRST)
        .reads(IOVA, 1)
        .end();
  }

  @Clause("VTD-020")
  private static Case zeroLengthRead(VtdFacts facts) {
    Mapped mapped = Mapped.of("VTD-020", "a zero-length read of a write-only page", facts);
    VtdScene scene = mapped.scene();
    mapped.tables().stage.change(IOVA, 1, 0, READ);
    scene.forgetAll();
    if (facts.zeroLengthReads()) {
      scene.admits(AccessKind.ZERO_LENGTH_READ, IOVA);
    } else {
      scene.refuses(AccessKind.ZERO_LENGTH_READ, IOVA, 0x06);
    }
    return scene.refuses(AccessKind.ZERO_LENGTH_READ, IOVA + PAGE, 0x06).end();
  }
}
