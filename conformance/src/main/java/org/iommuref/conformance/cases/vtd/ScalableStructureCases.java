package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.ScalableTables.DTE;
import static org.iommuref.conformance.cases.vtd.ScalableTables.EPTR;
import static org.iommuref.conformance.cases.vtd.ScalableTables.P;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PASIDE;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PDTS;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PRE;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.NOWHERE;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;

/** Root and context entries and PASID directories of scalable mode. Manual 7.1.3, 9.2, 9.4, 9.5. */
final class ScalableStructureCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final Requester UPPER = Requester.of(new Rid(FIRST.value() | 0x80));
  private static final long DIRECTORY_PASIDS = 1 << 13;

  private ScalableStructureCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        rootAbsent(facts),
        upperHalf(facts),
        rootReserved(facts),
        upperHalfReserved(facts),
        contextAbsent(facts),
        contextReserved(facts),
        contextOfMissingFeatures(facts),
        contextThatDoesNotFit(facts),
        pasidNotEnabled(facts),
        pasidBeyondDirectory(facts),
        directorySizes(facts),
        pasidOfRequestsWithout(facts),
        pasidBeyondUnit(facts),
        directoryAbsent(facts),
        directoryReserved(facts),
        unreadable(facts),
        ridPasid(facts),
        otherDirectories(facts),
        modes(facts),
        abort(facts),
        interruptRange(facts),
        turnedOff(facts));
  }

  @Clause("VTD-101")
  private static Case rootAbsent(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-101", "a half that is not present", facts);
    long root = s.tables().rootAt(FIRST);
    long before = s.scene().script.at(root);
    s.scene().reads(IOVA, 1).put(root, 0).forgetAll().refuses(IOVA, 0x39);
    s.scene().put(root, ~P).forgetAll().refuses(IOVA, 0x39).refusesWrite(IOVA, 0x39);
    s.scene().put(root + Long.BYTES, before).forgetAll().refuses(IOVA, 0x39);
    return s.scene().put(root, before).forgetAll().reads(IOVA, 1).end();
  }

  @Clause("VTD-101")
  private static Case upperHalf(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-101", "the upper half", facts);
    s.scene().by(UPPER).refuses(IOVA, 0x39);
    s.tables().context(UPPER.rid());
    s.tables().put(UPPER.rid(), s.tables().ridPasid(), s.tables().mapping(2, DOMAIN + 1));
    s.scene().forgetAll().reads(IOVA, 2).by(Requester.FIRST).reads(IOVA, 1);
    s.scene().put(s.tables().rootAt(FIRST), 0).forgetAll().refuses(IOVA, 0x39);
    return s.scene().by(UPPER).reads(IOVA, 2).end();
  }

  @Clause("VTD-102")
  private static Case rootReserved(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-102", "each reserved field", facts);
    for (int bit : new int[] {1, 6, 11, facts.hostAddressBits(), 63}) {
      s.refusesAfter(s.tables().rootAt(FIRST), 1L << bit, 0, 0x3a);
    }
    s.scene().put(s.tables().rootAt(FIRST) + Long.BYTES, ~P).forgetAll();
    return s.scene().reads(IOVA, 1).end();
  }

  @Clause("VTD-102")
  private static Case upperHalfReserved(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-102", "each field of the upper half", facts);
    s.tables().context(UPPER.rid());
    s.tables().put(UPPER.rid(), s.tables().ridPasid(), s.tables().mapping(2, DOMAIN + 1));
    s.scene().by(UPPER);
    for (int bit : new int[] {1, 6, 11, facts.hostAddressBits(), 63}) {
      s.refusesAfter(s.tables().rootAt(UPPER.rid()), 1L << bit, 0, 0x3a);
    }
    return s.scene().forgetAll().reads(IOVA, 2).by(Requester.FIRST).reads(IOVA, 1).end();
  }

  @Clause("VTD-103")
  private static Case contextAbsent(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-103", "a context entry that is absent", facts);
    long at = s.tables().contextAt();
    s.refusesAfter(at, 0, P, 0x41);
    s.refusesAfter(at, 0x1a0, P, 0x41);
    return s.scene().put(at, 0).forgetAll().refuses(IOVA, 0x41).end();
  }

  @Clause("VTD-104")
  private static Case contextReserved(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-104", "each reserved field", facts);
    int[] bits = {
      7, 8, facts.hostAddressBits(), 63, 64 + 21, 64 + 42, 127, 128, 191, 192, 223, 255
    };
    for (int bit : bits) {
      long at = s.tables().contextAt() + (long) Long.BYTES * (bit / Long.SIZE);
      s.refusesAfter(at, 1L << bit, 0, 0x42);
    }
    return s.scene().forgetAll().reads(IOVA, 1).end();
  }

  @Clause("VTD-104")
  private static Case contextOfMissingFeatures(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-104", "fields of features not there", facts);
    long at = s.tables().contextAt();
    boolean shown = refusesWithout(s, Feature.DT, at, DTE);
    shown |= refusesWithout(s, Feature.PASID, at, PASIDE);
    shown |= refusesWithout(s, Feature.PRS, at, PRE | (facts.has(Feature.DT) ? DTE : 0));
    shown |= refusesWithout(s, Feature.HPTS, at, 1 << 5);
    shown |= refusesWithout(s, Feature.PTRS, at, EPTR | (facts.has(Feature.PASID) ? PASIDE : 0));
    shown |= refusesWithout(s, Feature.RPS, at + Long.BYTES, 1);
    shown |= refusesWithout(s, Feature.RPRIVS, at + Long.BYTES, ScalableTables.RID_PRIV);
    return s.scene().only(shown).end();
  }

  private static boolean refusesWithout(ScalableScene s, Feature feature, long at, long bits) {
    boolean missing = !s.scene().facts.has(feature);
    if (missing) {
      s.refusesAfter(at, bits, 0, 0x42);
    }
    return missing;
  }

  @Clause("VTD-105")
  private static Case contextThatDoesNotFit(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-105", "fields that do not fit", facts);
    long at = s.tables().contextAt();
    boolean shown = facts.has(Feature.PRS);
    if (facts.has(Feature.PRS)) {
      s.refusesAfter(at, PRE, DTE, 0x43);
    }
    if (facts.has(Feature.PTRS)) {
      shown = true;
      s.refusesAfter(at, EPTR, PASIDE, 0x43);
    }
    if (facts.has(Feature.RPS)) {
      shown = true;
      for (long beyond = DIRECTORY_PASIDS; beyond < 1 << 20; beyond <<= 1) {
        s.refusesAfter(at + Long.BYTES, beyond, 0, 0x43);
      }
    }
    return s.scene().only(shown).forgetAll().reads(IOVA, 1).end();
  }

  /** A scene in which {@link ScalableTables#PASID} reads page 2. */
  private static ScalableScene withPasid(String clause, String name, VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped(clause, name, facts);
    s.scene().only(facts.has(Feature.PASID));
    s.tables().put(FIRST, PASID, s.tables().mapping(2, DOMAIN + 1));
    return s;
  }

  @Clause("VTD-106")
  private static Case pasidNotEnabled(VtdFacts facts) {
    ScalableScene s = withPasid("VTD-106", "a PASID without PASIDE", facts);
    s.scene().by(Requester.FIRST.with(PASID)).reads(IOVA, 2);
    s.scene().script.change(s.tables().contextAt(), 0, PASIDE | EPTR);
    s.scene().forgetAll().refuses(IOVA, 0x45);
    return s.scene().by(Requester.FIRST).reads(IOVA, 1).end();
  }

  @Clause("VTD-107")
  private static Case pasidBeyondDirectory(VtdFacts facts) {
    ScalableScene s = withPasid("VTD-107", "the first PASID beyond", facts);
    s.scene().only(facts.pasidBits() > 14);
    s.scene().by(Requester.FIRST.with((int) DIRECTORY_PASIDS)).refuses(IOVA, 0x46);
    s.scene().by(Requester.FIRST.with((int) DIRECTORY_PASIDS - 1)).refuses(IOVA, 0x51);
    s.scene().script.change(s.tables().contextAt(), 1 << 9, PDTS & ~(1 << 9));
    s.scene().forgetAll().by(Requester.FIRST.with(2 * (int) DIRECTORY_PASIDS));
    return s.scene().refuses(IOVA, 0x46).end();
  }

  /** The last PASID of a directory of each size is served, the first beyond it is not. */
  @Clause("VTD-107")
  private static Case directorySizes(VtdFacts facts) {
    ScalableScene s = withPasid("VTD-107", "a directory of each size", facts);
    s.scene().only(facts.pasidBits() > 14);
    long[] entry = s.tables().mapping(2, DOMAIN + 1);
    long at = s.tables().contextAt();
    for (int size = 0; size <= 7 && size + 13 <= facts.pasidBits(); size++) {
      int beyond = (int) DIRECTORY_PASIDS << size;
      long directory = s.scene().script.pages(Math.max(1, 1 << (size - 2)));
      long rest = s.scene().script.at(at) & ~(Radix.ADDRESS | PDTS);
      s.scene().put(at, rest | directory | (long) size << 9);
      s.tables().put(FIRST, beyond - 1, entry);
      s.scene().forgetAll().by(Requester.FIRST.with(beyond - 1)).reads(IOVA, 2);
      if (size + 13 < facts.pasidBits()) {
        s.scene().by(Requester.FIRST.with(beyond)).refuses(IOVA, 0x46);
      }
    }
    return s.end();
  }

  @Clause("VTD-108")
  private static Case pasidOfRequestsWithout(VtdFacts facts) {
    ScalableScene s = withPasid("VTD-108", "the PASID of requests without", facts);
    s.scene().reads(IOVA, 1).by(Requester.FIRST.with(s.tables().ridPasid()));
    return s.scene().refuses(IOVA, 0x48).by(Requester.FIRST).reads(IOVA, 1).end();
  }

  @Clause("VTD-109")
  private static Case pasidBeyondUnit(VtdFacts facts) {
    ScalableScene s = withPasid("VTD-109", "the first PASID beyond the unit", facts);
    int beyond = 1 << facts.pasidBits();
    s.scene().only(beyond < DIRECTORY_PASIDS);
    if (beyond < DIRECTORY_PASIDS) {
      s.tables().put(FIRST, beyond - 1, s.tables().mapping(2, DOMAIN + 2));
      s.scene().by(Requester.FIRST.with(beyond - 1)).reads(IOVA, 2);
      s.scene().by(Requester.FIRST.with(beyond)).refuses(IOVA, 0x89);
    }
    return s.end();
  }

  @Clause("VTD-110")
  private static Case directoryAbsent(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-110", "an entry that is not present", facts);
    long at = s.tables().directoryAt(FIRST, s.tables().ridPasid());
    s.refusesAfter(at, 0, P, 0x51);
    s.refusesAfter(at, 0xffc, P, 0x51);
    return s.scene().put(at, 0).forgetAll().refuses(IOVA, 0x51).end();
  }

  @Clause("VTD-111")
  private static Case directoryReserved(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-111", "each reserved field", facts);
    long at = s.tables().directoryAt(FIRST, s.tables().ridPasid());
    for (int bit : new int[] {2, 7, 11, facts.hostAddressBits(), 63}) {
      s.refusesAfter(at, 1L << bit, 0, 0x52);
    }
    return s.end();
  }

  @Clause("VTD-116")
  private static Case unreadable(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-116", "structures in no memory", facts);
    long directory = s.tables().directoryAt(FIRST, s.tables().ridPasid());
    s.refusesAfter(directory, NOWHERE, Radix.ADDRESS & ~NOWHERE, 0x58);
    s.refusesAfter(s.tables().contextAt(), NOWHERE, Radix.ADDRESS & ~NOWHERE, 0x50);
    s.refusesAfter(s.tables().rootAt(FIRST), NOWHERE, Radix.ADDRESS & ~NOWHERE, 0x40);
    s.scene().write64(Registers.RTADDR, NOWHERE | 1L << Registers.TTM_SHIFT);
    return s.scene().command(Registers.SRTP).forgetAll().refuses(IOVA, 0x38).end();
  }

  @Clause("VTD-117")
  private static Case ridPasid(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-117", "the entry of requests without", facts);
    s.scene().reads(IOVA, 1);
    if (facts.has(Feature.RPS)) {
      int other = 0x45;
      s.tables().put(FIRST, other, s.tables().mapping(2, DOMAIN + 1));
      s.scene().put(s.tables().contextAt() + Long.BYTES, other).forgetAll().reads(IOVA, 2);
    }
    return s.end();
  }

  @Clause("VTD-117")
  private static Case otherDirectories(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-117", "directories one behind the other", facts);
    long[] first = s.entry();
    long[] second = s.tables().mapping(2, DOMAIN + 1);
    for (int number = 1; number <= 4; number++) {
      s.scene().put(s.tables().contextAt(), 0);
      s.tables().put(number % 2 == 0 ? second : first);
      s.scene().forgetAll().reads(IOVA, 2 - number % 2);
      if (number == 2) {
        s.scene().page();
      }
    }
    return s.end();
  }

  @Clause("VTD-122")
  private static Case modes(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-122", "modes that the unit does not have", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach();
    scene.tagged(1).start().then().reads(IOVA, 1);
    for (int mode = 1; mode <= 3; mode++) {
      boolean supported = mode == 1 ? facts.scalable() : mode == 3 && facts.has(Feature.ADMS);
      if (!supported) {
        scene.write64(Registers.RTADDR, scene.root | (long) mode << Registers.TTM_SHIFT);
        scene.command(Registers.SRTP).refuses(IOVA, 0x30).refusesWrite(IOVA, 0x30);
      }
    }
    return scene.end();
  }

  @Clause("VTD-122")
  private static Case abort(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-122", "abort-dma mode", facts);
    s.scene().only(facts.has(Feature.ADMS)).reads(IOVA, 1);
    s.scene().write64(Registers.RTADDR, s.scene().root | 3L << Registers.TTM_SHIFT);
    return s.scene().command(Registers.SRTP).refuses(IOVA, 0x33).refusesWrite(0, 0x33).end();
  }

  @Clause("VTD-127")
  private static Case interruptRange(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-127", "the interrupt range, mapped", facts);
    s.scene().only(facts.has(Feature.PASID));
    long range = 0xfee0_0000L;
    s.stage().map(range, s.scene().page(1));
    s.tables().put(FIRST, PASID, s.entry());
    s.scene().refuses(range, 0x29).by(Requester.FIRST.with(PASID)).reads(range, 1);
    return s.scene().refuses(range + VtdScene.PAGE, s.tables().absent()).end();
  }

  @Clause("VTD-164")
  private static Case turnedOff(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-164", "nothing cached is used again", facts);
    long silent = ScalableTables.FPD;
    s.scene().reads(IOVA, 1).put(s.tables().contextAt(), silent).refusedOr(IOVA, 1);
    return s.scene()
        .level(Registers.TE, false)
        .level(Registers.TE, true)
        .refusesSilently(IOVA)
        .end();
  }
}
