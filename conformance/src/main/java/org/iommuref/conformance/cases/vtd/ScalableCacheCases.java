package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.ScalableTables.FPD;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;

/** By what cached structures and translations of scalable mode are found. Manual 6.1 and 6.2. */
final class ScalableCacheCases {

  private static final Requester FIRST = Requester.FIRST;
  private static final Requester SECOND = Requester.SECOND;

  private ScalableCacheCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        contexts(facts, SECOND, "another bus"),
        contexts(facts, Requester.of(new Rid(FIRST.rid().value() | 0x08)), "another device"),
        pasidsOfOne(facts),
        pasidsOfTwo(facts),
        translationsOfPasids(facts),
        translationsOfDevices(facts),
        firstStagePointers(facts),
        firstStagePointersOfDomains(facts),
        secondStagePointers(facts),
        newStructures(facts),
        newPages(facts));
  }

  @Clause("VTD-156")
  private static Case contexts(VtdFacts facts, Requester other, String name) {
    ScalableScene s = ScalableScene.mapped("VTD-156", "a context entry of " + name, facts);
    s.scene().reads(IOVA, 1).by(other).refuses(IOVA, other.equals(SECOND) ? 0x39 : 0x41);
    s.tables().context(other.rid());
    s.tables().put(other.rid(), s.tables().ridPasid(), s.tables().mapping(2, DOMAIN + 1));
    s.scene().forgetAll().by(FIRST).reads(IOVA, 1).by(other).reads(IOVA, 2);
    s.scene().put(s.tables().contextAt(), FPD).by(FIRST).refusedOr(IOVA, 1);
    s.scene().submit(Descriptors.context(Descriptors.GLOBAL, 0, 0, 0));
    s.scene().submit(Descriptors.iotlb(DOMAIN));
    return s.scene().refusesSilently(IOVA).by(other).reads(IOVA, 2).end();
  }

  @Clause("VTD-157")
  private static Case pasidsOfOne(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-157", "two PASIDs of one device", facts);
    s.scene().only(facts.has(Feature.PASID)).reads(IOVA, 1);
    s.scene().by(FIRST.with(PASID)).refuses(IOVA, 0x51);
    s.tables().put(FIRST.rid(), PASID, s.tables().mapping(2, DOMAIN + 1));
    s.scene().forgetAll().by(FIRST).reads(IOVA, 1).by(FIRST.with(PASID)).reads(IOVA, 2);
    s.scene().by(FIRST.with(PASID + 1)).refuses(IOVA, 0x59);
    return s.scene().by(FIRST).reads(IOVA, 1).end();
  }

  @Clause("VTD-157")
  private static Case pasidsOfTwo(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-157", "one PASID of two devices", facts);
    int pasid = s.tables().ridPasid();
    s.scene().reads(IOVA, 1);
    s.tables().context(SECOND.rid());
    s.tables().directoryAt(SECOND.rid(), pasid);
    s.scene().by(SECOND).refuses(IOVA, 0x51);
    s.tables().put(SECOND.rid(), pasid, s.tables().mapping(2, DOMAIN + 1));
    s.scene().forgetAll().by(FIRST).reads(IOVA, 1);
    return s.scene().by(SECOND).reads(IOVA, 2).by(FIRST).reads(IOVA, 1).end();
  }

  @Clause("VTD-158")
  private static Case translationsOfPasids(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-158", "two PASIDs and none", facts);
    s.scene().only(facts.has(Feature.PASID));
    s.tables().put(FIRST.rid(), PASID, s.tables().mapping(2, DOMAIN + 1));
    Radix empty = facts.has(Feature.SSTS) ? s.tables().second() : s.tables().first();
    long[] entry =
        facts.has(Feature.SSTS)
            ? s.tables().secondStage(empty, DOMAIN + 2)
            : s.tables().firstStage(empty, DOMAIN + 2);
    s.tables().put(FIRST.rid(), PASID + 1, entry);
    s.scene().forgetAll().by(FIRST.with(PASID)).reads(IOVA, 2).by(FIRST).reads(IOVA, 1);
    s.scene().by(FIRST.with(PASID + 1)).refuses(IOVA, s.tables().absent());
    s.scene().by(FIRST.with(PASID)).reads(IOVA, 2);
    s.stage().map(IOVA, s.scene().page(2));
    return s.scene().by(FIRST).readsOr(IOVA, 2, 1).end();
  }

  @Clause("VTD-158")
  private static Case translationsOfDevices(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-158", "two devices", facts);
    s.tables().context(SECOND.rid());
    s.tables().put(SECOND.rid(), s.tables().ridPasid(), s.tables().mapping(2, DOMAIN + 1));
    s.scene().reads(IOVA, 1).by(SECOND).reads(IOVA, 2).by(FIRST).reads(IOVA, 1);
    s.stage().map(IOVA, s.scene().page(2));
    return s.scene().readsOr(IOVA, 2, 1).end();
  }

  @Clause("VTD-160")
  private static Case firstStagePointers(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-160", "two PASIDs of one domain", facts);
    s.scene().only(facts.has(Feature.PASID)).reads(IOVA, 1);
    Radix other = s.tables().first();
    other.map(IOVA, s.scene().page(2));
    s.tables().put(FIRST.rid(), PASID, s.tables().firstStage(other, DOMAIN));
    s.scene().by(FIRST.with(PASID)).reads(IOVA, 2).refuses(IOVA + PAGE, 0x71);
    s.stage().map(IOVA + PAGE, s.scene().page(1));
    return s.scene().by(FIRST).reads(IOVA + PAGE, 1).end();
  }

  @Clause("VTD-160")
  private static Case firstStagePointersOfDomains(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-160", "one PASID of two domains", facts);
    s.scene().reads(IOVA, 1);
    Radix other = s.tables().first();
    other.map(IOVA, s.scene().page(2));
    s.tables().context(SECOND.rid());
    s.tables().put(SECOND.rid(), s.tables().ridPasid(), s.tables().firstStage(other, DOMAIN + 1));
    s.scene().by(SECOND).reads(IOVA, 2).refuses(IOVA + PAGE, 0x71);
    return s.scene().by(FIRST).reads(IOVA, 1).end();
  }

  @Clause("VTD-161")
  private static Case secondStagePointers(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-161", "two domains", facts);
    s.scene().reads(IOVA, 1);
    Radix other = s.tables().second();
    other.map(IOVA, s.scene().page(2));
    s.tables().context(SECOND.rid());
    s.tables().put(SECOND.rid(), s.tables().ridPasid(), s.tables().secondStage(other, DOMAIN + 1));
    s.scene().by(SECOND).reads(IOVA, 2).refuses(IOVA + PAGE, 0x79);
    return s.scene().by(FIRST).reads(IOVA, 1).end();
  }

  @Clause("VTD-163")
  private static Case newStructures(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-163", "structures that become present", facts);
    VtdScene scene = s.scene();
    scene.script.lacks(Capability.CACHING_MODE);
    long[] at = {
      s.tables().rootAt(FIRST.rid()),
      s.tables().contextAt(),
      s.tables().directoryAt(FIRST.rid(), s.tables().ridPasid()),
      s.tables().entryAt()
    };
    int[] reasons = {0x39, 0x41, 0x51, 0x59};
    long[] before = new long[at.length];
    for (int i = 0; i < at.length; i++) {
      before[i] = scene.script.at(at[i]);
      scene.put(at[i], 0);
    }
    scene.forgetAll();
    for (int i = 0; i < at.length; i++) {
      scene.refuses(IOVA, reasons[i]).put(at[i], before[i]);
    }
    return scene.reads(IOVA, 1).end();
  }

  @Clause("VTD-163")
  private static Case newPages(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-163", "pages that become present", facts);
    if (facts.has(Feature.SSTS)) {
      s.scene().script.lacks(Capability.CACHING_MODE);
    }
    for (long page = IOVA; page < IOVA + (1L << 40); page += page - IOVA + PAGE) {
      s.scene().refuses(page + PAGE, s.tables().absent());
      s.stage().map(page + PAGE, s.scene().page(2));
      s.scene().reads(page + PAGE, 2);
    }
    return s.end();
  }
}
