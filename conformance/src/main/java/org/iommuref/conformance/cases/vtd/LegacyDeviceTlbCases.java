package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.DeviceTlbCases.page;
import static org.iommuref.conformance.cases.vtd.DeviceTlbCases.status;
import static org.iommuref.conformance.cases.vtd.Radix.SNP;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.TranslationCompletion.Status;

/** Device-TLBs in legacy mode: what they are answered. Manual 4.2. */
final class LegacyDeviceTlbCases {

  private static final Rid FIRST = Requester.FIRST.rid();

  private LegacyDeviceTlbCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(types(facts), translated(facts), completion(facts), refusedByMode(facts));
  }

  private static VtdScene legacy(String clause, String name, VtdFacts facts, int type) {
    VtdScene scene = new VtdScene(clause, name, facts);
    return legacy(scene, new LegacyTables(scene), type);
  }

  private static VtdScene legacy(VtdScene scene, LegacyTables tables, int type) {
    tables.stage.map(IOVA, scene.page(1));
    long low = tables.stage.top() | LegacyTables.P | (long) type << LegacyTables.TT_SHIFT;
    tables.context(FIRST, low, tables.high(DOMAIN));
    scene.needs(Capability.STIMULUS_ATS).only(scene.facts.has(Feature.DT));
    return scene.tagged(1).start().then();
  }

  @Clause("VTD-177")
  private static Case types(VtdFacts facts) {
    VtdScene scene = legacy("VTD-177", "each type", facts, 0);
    scene.asks(IOVA, false, status(Status.UNSUPPORTED)).recorded(0x0d);
    scene.by(Requester.FIRST.translated()).refuses(scene.page(1), 0x0d).by(Requester.FIRST);
    long at = new LegacyTables(scene).contextAt(FIRST);
    scene.script.change(at, 1 << LegacyTables.TT_SHIFT, 0);
    scene.forgetAll().asks(IOVA, false, page(scene.page(1), 12, true, true)).reads(IOVA, 1);
    return scene.by(Requester.FIRST.translated()).reads(scene.page(1), 1).end();
  }

  @Clause("VTD-178")
  private static Case translated(VtdFacts facts) {
    VtdScene scene = legacy("VTD-178", "in legacy mode", facts, LegacyTables.TT_DEVICE_TLB);
    scene.by(Requester.FIRST.translated()).reads(scene.page(1), 1);
    scene.refuses(1L << facts.hostAddressBits(), 0x04);
    return scene.refuses(Remapping.INTERRUPTS, 0x0e).end();
  }

  @Clause("VTD-179")
  private static Case completion(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-179", "in legacy mode", facts);
    LegacyTables tables = new LegacyTables(scene);
    legacy(scene, tables, LegacyTables.TT_DEVICE_TLB);
    scene.asks(IOVA, false, page(scene.page(1), 12, true, true).and("snooped", 0));
    if (facts.has(Feature.SC)) {
      tables.stage.change(IOVA, 1, SNP, 0);
      scene.forgetAll();
      scene.asks(IOVA, false, page(scene.page(1), 12, true, true).and("snooped", 1));
    }
    return scene.end();
  }

  /** The queue has stopped too, so what is cached stays. */
  @Clause("VTD-180")
  private static Case refusedByMode(VtdFacts facts) {
    VtdScene scene = legacy("VTD-180", "by the mode", facts, LegacyTables.TT_DEVICE_TLB);
    scene.write64(Registers.RTADDR, scene.root | 2L << Registers.TTM_SHIFT);
    scene.command(Registers.SRTP).asks(IOVA, false, status(Status.ABORTED)).recorded(0x30);
    if (facts.has(Feature.ADMS)) {
      scene.write64(Registers.RTADDR, scene.root | 3L << Registers.TTM_SHIFT);
      scene.command(Registers.SRTP).asks(IOVA, false, status(Status.UNSUPPORTED)).recorded(0x33);
    }
    return scene.end();
  }
}
