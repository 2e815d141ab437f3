package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Radix.A;
import static org.iommuref.conformance.cases.vtd.Radix.D;
import static org.iommuref.conformance.cases.vtd.Radix.READ;
import static org.iommuref.conformance.cases.vtd.Radix.RIGHTS;
import static org.iommuref.conformance.cases.vtd.Radix.RW;
import static org.iommuref.conformance.cases.vtd.Radix.SECOND_A;
import static org.iommuref.conformance.cases.vtd.Radix.SECOND_D;
import static org.iommuref.conformance.cases.vtd.Radix.WRITE;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;

/** A first stage nested on a second one. Manual 3.8 and 7.1.3. */
final class NestedCases {

  private static final int LEVELS = 4;

  /** Where a guest has its memory; the host has it elsewhere. */
  private static final long GUEST = 0x30_0000_0000L;

  private static final long LARGE = 1L << 21;

  private NestedCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        guestMemory(facts),
        beyondSecondStage(facts),
        tableWithoutRead(facts),
        tableWithoutWriteUnderFlags(facts),
        updateWithoutWrite(facts),
        firstStageWithoutAtomics(facts),
        secondStageWithoutAtomics(facts),
        reasons(facts, "VTD-124", false),
        reasons(facts, "VTD-180", true),
        invalidationOfDomain(facts),
        invalidationOfPasid(facts),
        rights(facts),
        smallerPage(facts),
        bothDirty(facts),
        recorded(facts));
  }

  /**
   * A guest whose tables and pages lie from {@link #GUEST} on, and in the host where the scene put
   * them: {@link VtdScene#IOVA} goes to page 1.
   */
  private record Guest(ScalableScene s, Radix second, List<Long> tables) {

    static Guest of(String clause, String name, VtdFacts facts) {
      ScalableScene s = ScalableScene.empty(clause, name, facts);
      s.scene().only(facts.supportsTranslation(PasidFields.NESTED));
      Script script = s.scene().script;
      Radix second = s.tables().second();
      List<Long> tables = new ArrayList<>();
      for (int level = LEVELS; level >= 1; level--) {
        tables.add(0, script.page());
      }
      for (int level = LEVELS; level >= 1; level--) {
        second.map(guest(level), tables.get(level - 1));
        long next = level == 1 ? GUEST : guest(level - 1);
        long entry = tables.get(level - 1) + index(level);
        script.put(entry, next | Radix.PRESENT | RW | Radix.US | A | (level == 1 ? D : 0));
      }
      second.map(GUEST, s.scene().page(1));
      Radix first = new Radix(script, guest(LEVELS), LEVELS, 0);
      s.tables().put(s.tables().nested(first, second, DOMAIN));
      return new Guest(s, second, tables);
    }

    /** Where the guest has the table of a level. */
    static long guest(int level) {
      return GUEST + level * PAGE;
    }

    private static long index(int level) {
      return Long.BYTES * ((IOVA >>> (12 + 9 * (level - 1))) & 511);
    }

    /** Where the host has the entry of a level. */
    long entry(int level) {
      return tables.get(level - 1) + index(level);
    }

    VtdScene scene() {
      return s.scene();
    }
  }

  @Clause("VTD-150")
  private static Case guestMemory(VtdFacts facts) {
    Guest g = Guest.of("VTD-150", "tables and pages of a guest", facts);
    g.scene().reads(IOVA, 1);
    g.second().map(GUEST, g.scene().page(2));
    g.scene().forgetAll().reads(IOVA, 2);
    for (int level = 1; level <= LEVELS; level++) {
      long entry = g.second().entry(Guest.guest(level), 1);
      long before = g.scene().script.at(entry);
      g.scene().put(entry, 0).forgetAll().refuses(IOVA, 0x79).put(entry, before);
    }
    g.second().map(GUEST, 0);
    return g.scene().put(g.second().entry(GUEST, 1), 0).forgetAll().refuses(IOVA, 0x79).end();
  }

  @Clause("VTD-151")
  private static Case beyondSecondStage(VtdFacts facts) {
    Guest g = Guest.of("VTD-151", "a guest's address beyond, at each level", facts);
    int bits = facts.addressBits(facts.addressWidth());
    long beyond = 1L << bits;
    boolean shown = bits < facts.hostAddressBits();
    if (!shown && facts.supportsWidth(VtdFacts.AW_39)) {
      Radix three = Radix.second(g.scene().script, 3);
      for (int level = 1; level <= LEVELS; level++) {
        three.map(Guest.guest(level), g.tables().get(level - 1));
      }
      three.map(GUEST, g.scene().page(1));
      Radix first = new Radix(g.scene().script, Guest.guest(LEVELS), LEVELS, 0);
      g.s().tables().put(g.s().tables().nested(first, three, DOMAIN));
      g.scene().forgetAll().reads(IOVA, 1);
      beyond = 1L << 40;
      shown = true;
    }
    for (int level = 1; level <= LEVELS; level++) {
      g.s().refusesAfter(g.entry(level), beyond, 0, 0x74);
    }
    return g.scene().only(shown).end();
  }

  /** The page of each table in turn with these rights gives 75h at the top and 76h below. */
  private static void tablesWith(Guest g, int rights) {
    for (int level = 1; level <= LEVELS; level++) {
      long entry = g.second().entry(Guest.guest(level), 1);
      g.s().refusesAfter(entry, rights, RIGHTS & ~rights, level == LEVELS ? 0x75 : 0x76);
    }
  }

  @Clause("VTD-152")
  private static Case tableWithoutRead(VtdFacts facts) {
    Guest g = Guest.of("VTD-152", "a table that cannot be read, at each level", facts);
    tablesWith(g, WRITE);
    return g.scene().forgetAll().reads(IOVA, 1).end();
  }

  @Clause("VTD-152")
  private static Case tableWithoutWriteUnderFlags(VtdFacts facts) {
    Guest g = Guest.of("VTD-152", "a table that cannot be written, with SSADE", facts);
    g.scene().only(facts.has(Feature.SSADS));
    g.s().with(PasidFields.SSADE, 1);
    tablesWith(g, READ);
    return g.scene().forgetAll().reads(IOVA, 1).end();
  }

  @Clause("VTD-153")
  private static Case updateWithoutWrite(VtdFacts facts) {
    Guest g = Guest.of("VTD-153", "a flag in a table that cannot be written", facts);
    g.scene().only(facts.has(Feature.SMPWCS));
    for (int level = 1; level <= LEVELS; level++) {
      long page = g.second().entry(Guest.guest(level), 1);
      g.scene().script.change(page, 0, WRITE);
      g.scene().forgetAll().reads(IOVA, 1);
      g.scene().script.change(g.entry(level), 0, A);
      g.scene().forgetAll().refuses(IOVA, 0x77);
      g.scene().script.change(g.entry(level), A, 0);
      g.scene().script.change(page, WRITE, 0);
    }
    return g.scene().end();
  }

  @Clause("VTD-139")
  private static Case firstStageWithoutAtomics(VtdFacts facts) {
    Guest g = Guest.of("VTD-139", "A in each table of a guest", facts);
    g.scene().only(facts.has(Feature.SMPWCS));
    for (int level = 1; level <= LEVELS; level++) {
      NonAtomicMemoryCases.refusesRead(g.scene(), g.entry(level), A, 0x91);
    }
    return g.scene().end();
  }

  /** A table of the first stage is read through an entry that needs D as well. */
  @Clause("VTD-148")
  private static Case secondStageWithoutAtomics(VtdFacts facts) {
    Guest g = Guest.of("VTD-148", "flags on the way to a table of a guest, and its page", facts);
    g.scene().only(facts.has(Feature.SSADS) && facts.has(Feature.SMPWCS));
    for (int level = 0; level <= LEVELS; level++) {
      g.second().change(Guest.guest(level), 1, SECOND_A | SECOND_D, 0);
    }
    g.s().with(PasidFields.SSADE, 1);
    g.scene().reads(IOVA, 1);
    for (int level = 0; level <= LEVELS; level++) {
      long entry = g.second().entry(Guest.guest(level), 1);
      NonAtomicMemoryCases.refusesRead(g.scene(), entry, SECOND_A, 0x7d);
      if (level > 0) {
        NonAtomicMemoryCases.refusesRead(g.scene(), entry, SECOND_D, 0x7d);
      }
    }
    return g.scene().end();
  }

  /** The page of a guest that was read is elsewhere; it goes by that invalidation. */
  private static void removes(Guest g, long[] descriptor) {
    VtdScene scene = g.scene();
    g.second().map(GUEST, scene.page(1));
    scene.forgetAll().reads(IOVA, 1);
    g.second().map(GUEST, scene.page(2));
    scene.readsOr(IOVA, 2, 1).submit(descriptor).reads(IOVA, 2);
  }

  @Clause("VTD-173")
  private static Case invalidationOfDomain(VtdFacts facts) {
    Guest g = Guest.of("VTD-173", "nested translations", facts);
    removes(g, Descriptors.iotlb(DOMAIN));
    removes(g, Descriptors.iotlb(Descriptors.GLOBAL, 0, 0, 0, false));
    if (facts.pageSelective()) {
      removes(g, Descriptors.iotlb(Descriptors.SELECTIVE, DOMAIN, GUEST, 0, true));
    }
    return g.scene().end();
  }

  @Clause("VTD-159")
  private static Case invalidationOfPasid(VtdFacts facts) {
    Guest g = Guest.of("VTD-159", "nested translations", facts);
    int pasid = g.s().tables().ridPasid();
    removes(g, Descriptors.pasidIotlb(DOMAIN, pasid));
    removes(g, Descriptors.pasidPages(DOMAIN, pasid, IOVA, 0, true));
    return g.scene().end();
  }

  /** A translation request for each is told of no right; then FPD keeps each out of the log. */
  @Clause({"VTD-124", "VTD-180"})
  private static Case reasons(VtdFacts facts, String clause, boolean asked) {
    Guest g = Guest.of(clause, "nested, 74h to 77h", facts);
    VtdScene scene = g.scene();
    if (asked) {
      scene.needs(Capability.STIMULUS_ATS).only(facts.has(Feature.DT));
    } else {
      scene.script.change(g.s().tables().contextAt(), ScalableTables.FPD, 0);
    }
    Radix three = Radix.second(scene.script, 3);
    for (int level = 1; level <= LEVELS; level++) {
      three.map(Guest.guest(level), g.tables().get(level - 1));
    }
    three.map(GUEST, scene.page(1));
    scene.only(facts.supportsWidth(VtdFacts.AW_39));
    Radix first = new Radix(scene.script, Guest.guest(LEVELS), LEVELS, 0);
    g.s().tables().put(g.s().tables().nested(first, three, DOMAIN));
    long lowest = three.entry(Guest.guest(1), 1);
    long[][] wrong = {
      {g.entry(1), 1L << 40, 0},
      {three.entry(Guest.guest(LEVELS), 1), WRITE, READ},
      {lowest, WRITE, READ},
    };
    for (long[] change : wrong) {
      long before = scene.script.at(change[0]);
      scene.script.change(change[0], change[1], change[2]);
      refused(scene.forgetAll(), asked).put(change[0], before);
    }
    scene.script.change(lowest, 0, WRITE);
    scene.script.change(g.entry(1), 0, A);
    return refused(scene.forgetAll(), asked).end();
  }

  private static VtdScene refused(VtdScene scene, boolean asked) {
    return asked
        ? scene.asks(IOVA, false, DeviceTlbCases.withoutRights()).nothingRecorded()
        : Silence.silent(scene, IOVA);
  }

  @Clause("VTD-154")
  private static Case rights(VtdFacts facts) {
    Guest g = Guest.of("VTD-154", "rights of one stage alone", facts);
    VtdScene scene = g.scene();
    long page = g.second().entry(GUEST, 1);
    scene.script.change(page, 0, WRITE);
    scene.forgetAll().refusesWrite(IOVA, 0x85).reads(IOVA, 1).refusesWrite(IOVA, 0x85);
    scene.script.change(page, WRITE, READ);
    scene.forgetAll().refuses(IOVA, 0x86);
    scene.script.change(page, READ, 0);
    scene.script.change(g.entry(1), 0, RW);
    return scene.forgetAll().refusesWrite(IOVA, 0x85).reads(IOVA, 1).end();
  }

  @Clause("VTD-154")
  private static Case smallerPage(VtdFacts facts) {
    Guest g = Guest.of("VTD-154", "a large page on small ones", facts);
    VtdScene scene = g.scene();
    long start = IOVA & -LARGE;
    scene.script.change(
        g.entry(2), (GUEST + LARGE) | Radix.PS | D, Radix.ADDRESS & ~(GUEST + LARGE));
    g.second().map(GUEST + LARGE, scene.page(1));
    g.second().map(GUEST + LARGE + PAGE, scene.page(2));
    scene.forgetAll().reads(start, 1).reads(start + PAGE, 2);
    return scene.refuses(start + 2 * PAGE, 0x79).reads(start, 1).end();
  }

  @Clause("VTD-146")
  private static Case bothDirty(VtdFacts facts) {
    Guest g = Guest.of("VTD-146", "flags of both stages", facts);
    g.scene().only(facts.has(Feature.SSADS));
    g.s().with(PasidFields.SSADE, 1);
    g.scene().script.change(g.entry(1), 0, D);
    g.scene().forgetAll().writes(IOVA, g.scene().page(1)).holds(g.entry(1), D, D);
    g.scene().holds(g.second().entry(GUEST, 1), SECOND_D, SECOND_D);
    return g.scene().holds(g.second().entry(Guest.guest(1), 1), SECOND_D, SECOND_D).end();
  }

  /** The address of the request is recorded, not that of a table in the guest. */
  @Clause("VTD-213")
  private static Case recorded(VtdFacts facts) {
    Guest g = Guest.of("VTD-213", "a guest's tables and page that are not there", facts);
    VtdScene scene = g.scene();
    for (int level = 0; level <= LEVELS; level++) {
      long entry = g.second().entry(Guest.guest(level), 1);
      long before = scene.script.at(entry);
      scene.put(entry, 0).forgetAll().touches(IOVA);
      RecordCases.holdsPlace(scene, IOVA);
      scene.giveBack().put(entry, before);
    }
    return scene.end();
  }
}
