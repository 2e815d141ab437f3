package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.LegacyTables.FPD;
import static org.iommuref.conformance.cases.vtd.LegacyTables.P;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.NOWHERE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;

/** Root and context entries of legacy mode: how they are found, and what is wrong with them. */
final class ContextEntryCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final int TOP_BIT = 63;

  private ContextEntryCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        rootAbsent(facts),
        rootReserved(facts),
        contextAbsent(facts),
        contextReserved(facts),
        ignored(facts),
        contextUnsupported(facts),
        absentWithOtherBits(facts),
        requesterSelects(facts),
        functionSelects(facts),
        passThrough(facts),
        unreadable(facts),
        faultProcessingDisabled(facts));
  }

  @Clause("VTD-001")
  private static Case rootAbsent(VtdFacts facts) {
    return new VtdScene("VTD-001", "a root entry that is not present", facts)
        .start()
        .then()
        .refuses(IOVA, 0x01)
        .refusesWrite(IOVA, 0x01)
        .end();
  }

  @Clause("VTD-002")
  private static Case rootReserved(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-002", "each reserved field of a root entry", facts);
    LegacyTables tables = new LegacyTables(scene);
    long context = scene.page();
    scene.start().then();
    for (int bit : new int[] {1, 5, 11, facts.hostAddressBits(), TOP_BIT}) {
      tables.root(FIRST.bus(), context | P | 1L << bit, 0);
      scene.forgetAll().refuses(IOVA, 0x0a);
    }
    for (int bit : new int[] {0, 12, TOP_BIT}) {
      tables.root(FIRST.bus(), context | P, 1L << bit);
      scene.forgetAll().refuses(IOVA, 0x0a);
    }
    return scene.end();
  }

  @Clause("VTD-003")
  private static Case contextAbsent(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-003", "a context entry that is not present", facts);
    new LegacyTables(scene).context(FIRST, 0, 0);
    return scene.start().then().refuses(IOVA, 0x02).refusesWrite(IOVA, 0x02).end();
  }

  @Clause("VTD-004")
  private static Case contextReserved(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-004", "each reserved field of a context entry", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach();
    scene.tagged(1).start().then();
    long low = tables.stage.top() | P;
    long high = tables.high(DOMAIN);
    for (int bit : new int[] {4, 7, 11, facts.hostAddressBits(), TOP_BIT}) {
      tables.context(FIRST, low | 1L << bit, high);
      scene.forgetAll().refuses(IOVA, 0x0b);
    }
    List<Integer> bits = new ArrayList<>(List.of(7, 24, TOP_BIT));
    if (facts.domainIdBits() < Short.SIZE) {
      bits.add(8 + facts.domainIdBits());
    }
    for (int bit : bits) {
      tables.context(FIRST, low, high | 1L << bit);
      scene.forgetAll().refuses(IOVA, 0x0b);
    }
    return scene.end();
  }

  @Clause("VTD-051")
  private static Case ignored(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-051", "each ignored bit of a context entry", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach();
    scene.tagged(1).start().then();
    for (int bit = 3; bit <= 6; bit++) {
      tables.context(FIRST, tables.stage.top() | P, tables.high(DOMAIN) | 1L << bit);
      scene.forgetAll().reads(IOVA, 1);
    }
    return scene.end();
  }

  @Clause("VTD-005")
  private static Case contextUnsupported(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-005", "each type and width that is not supported", facts);
    LegacyTables tables = new LegacyTables(scene);
    scene.start().then();
    long low = tables.stage.top() | P;
    for (int type = 1; type <= 3; type++) {
      boolean supported = type == 1 ? facts.has(Feature.DT) : type == 2 && facts.has(Feature.PT);
      if (!supported) {
        tables.context(FIRST, low | (long) type << LegacyTables.TT_SHIFT, tables.high(DOMAIN));
        scene.forgetAll().refuses(IOVA, 0x03);
      }
    }
    for (int width = 0; width < 8; width++) {
      if (!facts.supportsWidth(width)) {
        tables.context(FIRST, low, width | (long) DOMAIN << 8);
        scene.forgetAll().refuses(IOVA, 0x03);
      }
    }
    return scene.end();
  }

  @Clause("VTD-006")
  private static Case absentWithOtherBits(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-006", "absent entries with every other bit set", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.context(FIRST, ~(P | FPD), -1);
    scene.start().then().refuses(IOVA, 0x02);
    tables.root(FIRST.bus(), ~P, -1);
    return scene.forgetAll().refuses(IOVA, 0x01).end();
  }

  @Clause("VTD-007")
  private static Case requesterSelects(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-007", "each bus has its own entries", facts);
    LegacyTables tables = new LegacyTables(scene);
    return twoRequesters(scene, tables, Requester.SECOND);
  }

  @Clause("VTD-007")
  private static Case functionSelects(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-007", "each function has its own entry", facts);
    LegacyTables tables = new LegacyTables(scene);
    return twoRequesters(scene, tables, Requester.of(new Rid(FIRST.value() | 0x09)));
  }

  private static Case twoRequesters(VtdScene scene, LegacyTables tables, Requester second) {
    Radix other = tables.other();
    tables.stage.map(IOVA, scene.page(1));
    other.map(IOVA, scene.page(2));
    tables.attach();
    tables.attach(second.rid(), other, DOMAIN + 1);
    return scene
        .tagged(1, 2)
        .start()
        .then()
        .reads(IOVA, 1)
        .by(second)
        .reads(IOVA, 2)
        .by(Requester.FIRST)
        .reads(IOVA, 1)
        .end();
  }

  @Clause("VTD-008")
  private static Case passThrough(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-008", "a device that passes through", facts);
    LegacyTables tables = new LegacyTables(scene);
    long type = (long) LegacyTables.TT_PASS_THROUGH << LegacyTables.TT_SHIFT;
    tables.context(FIRST, P | type, tables.high(DOMAIN));
    scene
        .only(facts.has(Feature.PT))
        .tagged(1, 2)
        .start()
        .then()
        .reads(scene.page(1), 1)
        .writes(scene.page(2), scene.page(2))
        .nothingRecorded();
    long beyond = 1L << facts.hostAddressBits();
    return scene.refuses(beyond, 0x04).refuses(AccessKind.WRITE, beyond, 0x04).end();
  }

  @Clause("VTD-016")
  private static Case unreadable(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-016", "structures that are in no memory", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach();
    scene.start().then();
    for (int level = 2; level <= facts.levels(); level++) {
      long entry = tables.stage.entry(IOVA, level);
      long before = scene.script.at(entry);
      scene.put(entry, NOWHERE | Radix.RIGHTS).forgetAll().refuses(IOVA, 0x07);
      scene.put(entry, before);
    }
    tables.context(FIRST, NOWHERE | P, tables.high(DOMAIN));
    scene.forgetAll().refuses(IOVA, 0x03);
    tables.root(FIRST.bus(), NOWHERE | P, 0);
    scene.forgetAll().refuses(IOVA, 0x09);
    return scene.useRoot(NOWHERE).refuses(IOVA, 0x08).end();
  }

  @Clause("VTD-021")
  private static Case faultProcessingDisabled(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-021", "faults under FPD", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.context(FIRST, tables.stage.top() | FPD | P, tables.high(DOMAIN));
    Silence.silent(Silence.silent(scene.start().then(), IOVA), IOVA);
    tables.context(FIRST, FPD, 0);
    Silence.silent(scene.forgetAll(), IOVA);
    tables.context(FIRST, tables.stage.top() | P, tables.high(DOMAIN));
    return Silence.told(scene.forgetAll(), AccessKind.READ, IOVA).end();
  }
}
