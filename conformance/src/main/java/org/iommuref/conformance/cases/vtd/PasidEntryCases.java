package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.ScalableTables.FPD;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.call.Expect;

/** PASID entries, and what every kind of them decides. Manual 7.1, 9.6 and 11.4.7.6. */
final class PasidEntryCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final int MTS = 25;
  private static final long PP = 1L << 31;
  private static final long EXE = 1 << 30;
  private static final long PRIV = 1 << 29;
  private static final int PV_SHIFT = 8;

  private PasidEntryCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        absent(facts),
        reserved(facts),
        ignored(facts),
        pointers(facts),
        missingFeatures(facts),
        types(facts),
        widths(facts),
        nestedPointer(facts),
        supervisor(facts),
        ridPrivilege(facts),
        passThrough(facts),
        outputInInterruptRange(facts),
        faultProcessingDisabled(facts),
        recordWithPasid(facts),
        recordWithoutPasid(facts));
  }

  @Clause("VTD-112")
  private static Case absent(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-112", "an entry that is not present", facts);
    s.refusesAfter(s.tables().entryAt(), 0, 1, 0x59);
    s.refusesAfter(s.tables().entryAt(), 0xc20, 1, 0x59);
    s.refusesAs(new long[PasidFields.QUADWORDS], 0x59);
    return s.end();
  }

  @Clause("VTD-113")
  private static Case reserved(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-113", "each reserved field", facts);
    int[] bits = {
      5, 10, 11, 64 + 16, 64 + 22, 64 + 27, 64 + 31, 128 + 1, 128 + 8, 128 + 11, 192, 223, 255,
      256 + 3, 256 + 11, 336, 383, 384, 447, 448, 511
    };
    for (int bit : bits) {
      s.refusesWithBit(bit, 0x5a);
    }
    if ((facts.ecap() >>> MTS & 1) == 0) {
      for (int bit : new int[] {64 + 25, 64 + 26, 96, 127}) {
        s.refusesWithBit(bit, 0x5a);
      }
    }
    return s.end();
  }

  @Clause("VTD-202")
  private static Case ignored(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-202", "fields of a PASID entry", facts);
    long[] entry = s.entry();
    entry[2] |= 3 << 5;
    s.tables().put(entry);
    s.scene().forgetAll().reads(IOVA, 1);
    if (facts.supportsTranslation(PasidFields.PASS_THROUGH) && facts.has(Feature.SSTS)) {
      entry = s.tables().passThrough(DOMAIN);
      PasidFields.AW.put(entry, 7);
      entry[0] |= 1L << facts.hostAddressBits();
      s.tables().put(entry);
      s.scene().forgetAll().reads(s.scene().page(1), 1);
    }
    return s.end();
  }

  @Clause("VTD-113")
  private static Case pointers(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-113", "pointers and domain ids beyond", facts);
    int host = facts.hostAddressBits();
    long[] mapped = s.entry();
    if (facts.has(Feature.SSTS)) {
      s.refusesWith(0, 1L << host, 0x5a);
      s.refusesWith(0, 1L << 63, 0x5a);
    }
    if (facts.has(Feature.FSTS)) {
      s.tables().put(s.tables().firstStage(s.tables().first(), DOMAIN));
      s.refusesWith(2, 1L << host, 0x5a);
      s.refusesWith(2, 1L << 63, 0x5a);
    }
    if (facts.domainIdBits() < Short.SIZE) {
      s.tables().put(mapped);
      s.refusesWith(1, 1L << facts.domainIdBits(), 0x5a);
    }
    return s.end();
  }

  @Clause("VTD-113")
  private static Case missingFeatures(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-113", "fields of features not there", facts);
    boolean shown = refusesWithout(s, Feature.SSTS, 0, 2 << 2);
    shown |= refusesWithout(s, Feature.SSTS, 0, 1 << 12);
    shown |= refusesWithout(s, Feature.SSADS, 0, 1 << 9);
    shown |= refusesWithout(s, Feature.SMPWCS, 1, 1 << 23);
    shown |= refusesWithout(s, Feature.SC, 1, 1 << 24);
    shown |= refusesWithout(s, Feature.SRS, 2, 1);
    shown |= refusesWithout(s, Feature.FSTS, 2, 1 << 2);
    shown |= refusesWithout(s, Feature.FSTS, 2, 1 << 4);
    shown |= refusesWithout(s, Feature.FSTS, 2, 1 << 12);
    shown |= refusesWithout(s, Feature.EAFS, 2, 1 << 7);
    return s.scene().only(shown).end();
  }

  private static boolean refusesWithout(ScalableScene s, Feature feature, int quadword, long bits) {
    boolean missing = !s.scene().facts.has(feature);
    if (missing) {
      s.refusesWith(quadword, bits, 0x5a);
    }
    return missing;
  }

  @Clause("VTD-114")
  private static Case types(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-114", "each type that is not there", facts);
    long[] mapped = s.entry();
    for (int type = 0; type < 8; type++) {
      if (!facts.supportsTranslation(type)) {
        boolean stages = type == PasidFields.NESTED && facts.has(Feature.SSTS);
        long[] entry = stages ? mapped.clone() : s.tables().passThrough(DOMAIN);
        PasidFields.PGTT.put(entry, type);
        s.refusesAs(entry, 0x5b);
      }
    }
    return s.end();
  }

  @Clause("VTD-114")
  private static Case widths(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-114", "widths and levels not there", facts);
    if (facts.supportsTranslation(PasidFields.SECOND_STAGE)) {
      for (int width = 0; width < 8; width++) {
        if (!facts.supportsWidth(width)) {
          long[] entry = s.tables().secondStage(s.tables().second(), DOMAIN);
          PasidFields.AW.put(entry, width);
          s.refusesAs(entry, 0x5b);
        }
      }
    }
    if (facts.supportsTranslation(PasidFields.FIRST_STAGE)) {
      for (int mode = facts.fiveLevelFirstStage() ? 2 : 1; mode < 4; mode++) {
        long[] entry = s.tables().firstStage(s.tables().first(), DOMAIN);
        PasidFields.FSPM.put(entry, mode);
        s.refusesAs(entry, 0x5b);
      }
    }
    return s.end();
  }

  @Clause("VTD-114")
  private static Case nestedPointer(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-114", "a nested pointer beyond", facts);
    boolean shown =
        facts.supportsTranslation(PasidFields.NESTED) && facts.supportsWidth(VtdFacts.AW_39);
    if (shown) {
      Radix second = Radix.second(s.scene().script, 3);
      long[] entry = s.tables().nested(s.tables().first(), second, DOMAIN);
      entry[2] |= 1L << 39;
      s.refusesAs(entry, 0x5b);
    }
    return s.scene().only(shown).end();
  }

  @Clause("VTD-115")
  private static Case supervisor(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-115", "a supervisor without SRE", facts);
    s.scene().only(facts.has(Feature.PASID));
    s.tables().put(FIRST, PASID, s.entry());
    Requester user = Requester.FIRST.with(PASID);
    s.scene().by(user.supervisor()).refuses(IOVA, 0x5d).by(user).reads(IOVA, 1);
    s.scene().by(user.supervisor()).refuses(IOVA, 0x5d);
    if (facts.has(Feature.SRS)) {
      long[] entry = s.entry();
      PasidFields.SRE.put(entry, 1);
      s.tables().put(FIRST, PASID, entry);
      s.scene().forgetAll().reads(IOVA, 1).by(user).reads(IOVA, 1);
    }
    return s.end();
  }

  @Clause("VTD-118")
  private static Case ridPrivilege(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-118", "privilege of requests without", facts);
    s.scene().only(facts.has(Feature.RPRIVS)).reads(IOVA, 1);
    s.scene().script.change(s.tables().contextAt() + Long.BYTES, ScalableTables.RID_PRIV, 0);
    s.scene().forgetAll().refuses(IOVA, 0x5d);
    return s.with(PasidFields.SRE, 1).scene().reads(IOVA, 1).end();
  }

  @Clause("VTD-119")
  private static Case passThrough(VtdFacts facts) {
    ScalableScene s = ScalableScene.empty("VTD-119", "addresses stay as they are", facts);
    s.scene().only(facts.supportsTranslation(PasidFields.PASS_THROUGH));
    s.tables().put(s.tables().passThrough(DOMAIN));
    VtdScene scene = s.scene();
    scene.reads(scene.page(1), 1).reads(scene.page(2), 2).writes(scene.page(2), scene.page(2));
    long beyond = 1L << facts.hostAddressBits();
    return scene.refuses(beyond, 0x83).refusesWrite(beyond, 0x83).end();
  }

  @Clause("VTD-123")
  private static Case outputInInterruptRange(VtdFacts facts) {
    ScalableScene s = ScalableScene.empty("VTD-123", "output in the interrupt range", facts);
    VtdScene scene = s.scene();
    if (facts.has(Feature.SSTS)) {
      Radix second = s.tables().second();
      second.map(IOVA, Remapping.INTERRUPTS);
      s.tables().put(s.tables().secondStage(second, DOMAIN));
      scene.refuses(IOVA, 0x87).refusesWrite(IOVA, 0x87);
    }
    if (facts.has(Feature.FSTS)) {
      Radix first = s.tables().first();
      first.map(IOVA, Remapping.INTERRUPTS + 0xf_f000);
      s.tables().put(s.tables().firstStage(first, DOMAIN));
      scene.forgetAll().refuses(IOVA, 0x87).refusesWrite(IOVA, 0x87);
    }
    return scene.end();
  }

  @Clause("VTD-124")
  private static Case faultProcessingDisabled(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-124", "FPD of each structure", facts);
    VtdScene scene = s.scene();
    long absent = IOVA + VtdScene.PAGE;
    long[] structures = {
      s.tables().contextAt(),
      s.tables().directoryAt(FIRST, s.tables().ridPasid()),
      s.tables().entryAt()
    };
    Silence.told(scene, AccessKind.READ, absent);
    for (long at : structures) {
      scene.script.change(at, FPD, 0);
      Silence.silent(Silence.silent(scene.forgetAll(), absent), absent);
      scene.script.change(at, 0, FPD | 1);
      scene.script.change(at, FPD, 0);
      Silence.silent(scene.forgetAll(), absent);
      scene.script.change(at, 1, FPD);
    }
    return Silence.told(scene.forgetAll(), AccessKind.READ, absent).end();
  }

  @Clause("VTD-125")
  private static Case recordWithPasid(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-125", "requests with PASID", facts);
    s.scene().only(facts.has(Feature.PASID));
    s.tables().put(FIRST, PASID, s.entry());
    Requester user = Requester.FIRST.with(PASID);
    long absent = IOVA + VtdScene.PAGE;
    s.scene().by(user).touches(absent);
    holds(s.scene(), PASID, PP);
    s.scene().by(user.supervisor()).access(AccessKind.EXECUTE, absent, 0, Expect.ANY);
    holds(s.scene(), PASID, PP | EXE | PRIV);
    int wide = PASID | 1 << (facts.pasidBits() - 1);
    s.scene().by(Requester.FIRST.with(wide)).touches(absent);
    holds(s.scene(), wide, PP);
    return s.end();
  }

  private static void holds(VtdScene scene, int pasid, long bits) {
    int at = scene.records().next();
    scene.expect32(at + 12, 1L << 31 | 0xf_ffff << PV_SHIFT, 1L << 31 | (long) pasid << PV_SHIFT);
    scene.expect32(at + 8, PP | EXE | PRIV, bits);
    scene.giveBack();
  }

  @Clause("VTD-125")
  private static Case recordWithoutPasid(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-125", "requests without PASID", facts);
    s.scene().touches(IOVA + VtdScene.PAGE);
    s.scene().expect32(s.scene().records().next() + 8, PP, 0).giveBack();
    return s.end();
  }
}
