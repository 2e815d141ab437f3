package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Descriptors.DOMAIN;
import static org.iommuref.conformance.cases.vtd.Descriptors.SELECTIVE;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.call.DeviceCall.FinishDma;
import org.iommuref.spec.unit.call.DeviceCall.StartDma;
import org.iommuref.spec.unit.call.Expect;

/**
 * Every bit of a tag counts when something is invalidated, and what has another tag may stay.
 * Manual 6.2.1 and 6.5.2.
 */
final class TagCases {

  /** A device whose number uses the ends of its fields. */
  private static final Requester WIDE = Requester.of(new Rid(0x8109));

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final int PLAIN = VtdScene.DOMAIN;
  private static final long VALUE = 0x0002_face_0000_0001L;

  private TagCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        contextOfWideDevice(facts),
        contextsThatStay(facts),
        translationsOfWideDomain(facts),
        pagesOfWideDomain(facts),
        pagesThatStay(facts),
        drains(facts),
        contextOfWideDeviceInScalableMode(facts),
        contextsThatStayInScalableMode(facts),
        translationsInScalableMode(facts),
        translationsThatStayInScalableMode(facts),
        pasidEntries(facts),
        pasidEntriesThatStay(facts),
        pasidTranslations(facts),
        pasidTranslationsThatStay(facts));
  }

  /** The widest domain id of the unit, with the bits of the usual one. */
  private static int wide(VtdFacts facts) {
    return PLAIN | 1 << (facts.domainIdBits() - 1);
  }

  /** A device that has read page 1 by one table; its context entry then names another. */
  private static VtdScene moved(
      String clause, String name, VtdFacts facts, Requester who, int domain) {
    VtdScene scene = new VtdScene(clause, name, facts);
    LegacyTables tables = new LegacyTables(scene);
    Radix other = tables.other();
    tables.stage.map(IOVA, scene.page(1));
    other.map(IOVA, scene.page(2));
    tables.attach(who.rid(), tables.stage, domain);
    scene.tagged(1, 2).start().by(who).reads(IOVA, 1).then();
    tables.attach(who.rid(), other, domain ^ 2);
    return scene.readsOr(IOVA, 2, 1);
  }

  @Clause("VTD-030")
  private static Case contextOfWideDevice(VtdFacts facts) {
    int domain = wide(facts);
    return moved("VTD-030", "by device, the ends of each tag", facts, WIDE, domain)
        .submit(Descriptors.context(SELECTIVE, domain, WIDE.rid().value(), 0))
        .submit(Descriptors.iotlb(domain))
        .reads(IOVA, 2)
        .end();
  }

  /** An invalidation may take more than it names, and need not. */
  @Clause("VTD-030")
  private static Case contextsThatStay(VtdFacts facts) {
    VtdScene scene =
        moved("VTD-030", "of another device or domain may stay", facts, Requester.FIRST, PLAIN);
    for (int source : new int[] {FIRST.value() ^ 0x100, FIRST.value() ^ 8}) {
      scene.submit(Descriptors.context(SELECTIVE, PLAIN, source, 3)).readsOr(IOVA, 2, 1);
    }
    scene.submit(Descriptors.context(SELECTIVE, PLAIN, FIRST.value() ^ 1, 0)).readsOr(IOVA, 2, 1);
    return scene.submit(Descriptors.context(DOMAIN, PLAIN ^ 1, 0, 0)).readsOr(IOVA, 2, 1).end();
  }

  /** A device that has read page 1; its page is then another. */
  private static VtdScene remapped(String clause, String name, VtdFacts facts, int domain) {
    VtdScene scene = new VtdScene(clause, name, facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach(FIRST, tables.stage, domain);
    scene.tagged(1, 2).start().reads(IOVA, 1).then();
    tables.stage.map(IOVA, scene.page(2));
    return scene.readsOr(IOVA, 2, 1);
  }

  @Clause("VTD-032")
  private static Case translationsOfWideDomain(VtdFacts facts) {
    int domain = wide(facts);
    return remapped("VTD-032", "translations of the highest domain", facts, domain)
        .submit(Descriptors.iotlb(domain))
        .reads(IOVA, 2)
        .end();
  }

  @Clause("VTD-033")
  private static Case pagesOfWideDomain(VtdFacts facts) {
    int domain = wide(facts);
    return remapped("VTD-033", "one page of the highest domain", facts, domain)
        .only(facts.pageSelective())
        .submit(Descriptors.iotlb(SELECTIVE, domain, IOVA, 0, true))
        .reads(IOVA, 2)
        .end();
  }

  @Clause("VTD-033")
  private static Case pagesThatStay(VtdFacts facts) {
    VtdScene scene = remapped("VTD-033", "of another page or domain may stay", facts, PLAIN);
    scene.submit(Descriptors.iotlb(PLAIN ^ 1)).readsOr(IOVA, 2, 1).only(facts.pageSelective());
    long[][] others = {
      Descriptors.iotlb(SELECTIVE, PLAIN ^ 1, IOVA, 0, true),
      Descriptors.iotlb(SELECTIVE, PLAIN, IOVA + PAGE, 0, true),
      Descriptors.iotlb(SELECTIVE, PLAIN, IOVA ^ 1L << 38, 0, true)
    };
    for (long[] descriptor : others) {
      scene.submit(descriptor).readsOr(IOVA, 2, 1);
    }
    return scene.end();
  }

  @Clause("VTD-049")
  private static Case drains(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-049", "by the queue", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach();
    scene.needs(Capability.DRAIN).only(facts.drains()).start().then();
    for (int granularity = 1; granularity <= (facts.pageSelective() ? 3 : 2); granularity++) {
      long[] order = Descriptors.iotlb(granularity, PLAIN, IOVA, 0, true);
      started(scene, granularity, AccessKind.WRITE);
      scene.submit(Descriptors.with(order, 1 << 6, 0)).holds(scene.page(1), VALUE + granularity);
      scene.add(new FinishDma(granularity, Expect.ADMITTED)).tagged(1);
      started(scene, granularity, AccessKind.READ);
      scene.submit(Descriptors.with(order, 1 << 7, 0)).put(scene.page(1), 0);
      scene.add(new FinishDma(granularity, Expect.reads(VtdScene.tag(1))));
    }
    return scene.end();
  }

  private static void started(VtdScene scene, int number, AccessKind kind) {
    long value = kind == AccessKind.WRITE ? VALUE + number : 0;
    scene.add(new StartDma(number, FIRST, null, IOVA, kind, value, Expect.ANY));
  }

  // Scalable mode.

  /** A device whose context entry was used, and is then absent without a record. */
  private static ScalableScene silenced(String name, VtdFacts facts, Requester who) {
    ScalableScene s = ScalableScene.mapped("VTD-172", name, facts);
    s.tables().context(who.rid());
    s.tables().put(who.rid(), s.tables().ridPasid(), s.tables().mapping(1, PLAIN + 1));
    s.scene().by(who).forgetAll().reads(IOVA, 1);
    s.scene().put(s.tables().contextAt(who.rid()), ScalableTables.FPD);
    s.scene().refusedOr(IOVA, 1);
    return s;
  }

  private static VtdScene afterContext(VtdScene scene, long[] descriptor) {
    scene.submit(descriptor).submit(Descriptors.pasidCache(3, 0, 0));
    return scene.submit(Descriptors.iotlb(Descriptors.GLOBAL, 0, 0, 0, false));
  }

  @Clause("VTD-172")
  private static Case contextOfWideDeviceInScalableMode(VtdFacts facts) {
    ScalableScene s = silenced("of a device, the ends of its number", facts, WIDE);
    long[] order = Descriptors.context(SELECTIVE, 0, WIDE.rid().value(), 0);
    return afterContext(s.scene(), order).refusesSilently(IOVA).end();
  }

  @Clause("VTD-172")
  private static Case contextsThatStayInScalableMode(VtdFacts facts) {
    ScalableScene s = silenced("of another device may stay", facts, Requester.SECOND);
    for (int other : new int[] {FIRST.value(), Requester.SECOND.rid().value() ^ 8}) {
      s.scene().submit(Descriptors.context(SELECTIVE, 0, other, 3)).refusedOr(IOVA, 1);
    }
    return s.end();
  }

  /**
   * A page that was read is another; with the right invalidation it is gone, with another it may be
   * used as before.
   */
  private static void remapped(ScalableScene s, long[] descriptor, boolean gone) {
    VtdScene scene = s.scene();
    s.stage().map(IOVA, scene.page(1));
    scene.forgetAll().reads(IOVA, 1);
    s.stage().map(IOVA, scene.page(2));
    scene.readsOr(IOVA, 2, 1).submit(descriptor);
    if (gone) {
      scene.reads(IOVA, 2);
    } else {
      scene.readsOr(IOVA, 2, 1);
    }
  }

  /** A scene whose entry has a domain id. */
  private static ScalableScene of(ScalableScene s, int domain) {
    return s.with(PasidFields.DID, domain);
  }

  @Clause("VTD-173")
  private static Case translationsInScalableMode(VtdFacts facts) {
    int domain = wide(facts);
    ScalableScene s = of(ScalableScene.mapped("VTD-173", "of the highest domain", facts), domain);
    remapped(s, Descriptors.iotlb(domain), true);
    if (facts.pageSelective()) {
      remapped(s, Descriptors.iotlb(SELECTIVE, domain, IOVA, 0, true), true);
    }
    return s.end();
  }

  @Clause("VTD-173")
  private static Case translationsThatStayInScalableMode(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-173", "of another page or domain", facts);
    remapped(s, Descriptors.iotlb(PLAIN ^ 1), false);
    if (facts.pageSelective() && facts.has(Feature.SSTS)) {
      remapped(s, Descriptors.iotlb(SELECTIVE, PLAIN ^ 1, IOVA, 0, true), false);
      remapped(s, Descriptors.iotlb(SELECTIVE, PLAIN, IOVA + PAGE, 0, true), false);
    }
    return s.end();
  }

  /** The widest PASID of the unit, with the bits of the usual one. */
  private static int widePasid(VtdFacts facts) {
    return ScalableTables.PASID | 1 << (facts.pasidBits() - 1);
  }

  /** A scene with a directory for all PASIDs of the unit, of which one translates as none does. */
  private static ScalableScene withPasid(ScalableScene s, int pasid, int domain) {
    VtdFacts facts = s.scene().facts;
    s.scene().only(facts.has(Feature.PASID));
    long[] entry = of(s, domain).entry();
    int size = Math.max(0, facts.pasidBits() - 13);
    long directory = s.scene().script.pages(Math.max(1, 1 << size >> 2));
    long features = s.scene().script.at(s.tables().contextAt()) & 0x1ff;
    s.scene().put(s.tables().contextAt(), directory | (long) size << 9 | features);
    s.tables().put(entry);
    s.tables().put(FIRST, pasid, entry);
    s.scene().forgetAll().by(Requester.FIRST.with(pasid));
    return s;
  }

  /** An entry that was used maps another page; it may be used until it is invalidated. */
  private static void replaced(ScalableScene s, int pasid, int domain, Consumer<VtdScene> drop) {
    VtdScene scene = s.scene();
    s.tables().put(FIRST, pasid, s.tables().mapping(1, domain));
    scene.forgetAll().reads(IOVA, 1);
    s.tables().put(FIRST, pasid, s.tables().mapping(2, domain ^ 2));
    drop.accept(scene.readsOr(IOVA, 2, 1));
  }

  @Clause("VTD-171")
  private static Case pasidEntries(VtdFacts facts) {
    int pasid = widePasid(facts);
    int domain = wide(facts);
    ScalableScene s = ScalableScene.mapped("VTD-171", "of the highest domain and PASID", facts);
    withPasid(s, pasid, PLAIN);
    for (long[] order :
        new long[][] {
          Descriptors.pasidCache(0, domain, 0), Descriptors.pasidCache(1, domain, pasid)
        }) {
      Consumer<VtdScene> drop =
          scene -> scene.submit(order, Descriptors.iotlb(domain)).reads(IOVA, 2);
      replaced(s, pasid, domain, drop);
    }
    return s.end();
  }

  @Clause("VTD-171")
  private static Case pasidEntriesThatStay(VtdFacts facts) {
    int pasid = ScalableTables.PASID;
    ScalableScene s = ScalableScene.mapped("VTD-171", "of another domain or PASID", facts);
    withPasid(s, pasid, PLAIN);
    for (long[] order :
        new long[][] {
          Descriptors.pasidCache(0, PLAIN ^ 1, 0),
          Descriptors.pasidCache(1, PLAIN ^ 1, pasid),
          Descriptors.pasidCache(1, PLAIN, pasid ^ 1)
        }) {
      replaced(s, pasid, PLAIN, scene -> scene.submit(order).readsOr(IOVA, 2, 1));
    }
    return s.end();
  }

  @Clause("VTD-159")
  private static Case pasidTranslations(VtdFacts facts) {
    int pasid = widePasid(facts);
    int domain = wide(facts);
    ScalableScene s = ScalableScene.first("VTD-159", "of the highest domain and PASID", facts);
    withPasid(s, pasid, domain);
    remapped(s, Descriptors.pasidIotlb(domain, pasid), true);
    remapped(s, Descriptors.pasidPages(domain, pasid, IOVA, 0, true), true);
    return s.end();
  }

  @Clause("VTD-159")
  private static Case pasidTranslationsThatStay(VtdFacts facts) {
    int pasid = ScalableTables.PASID;
    ScalableScene s = ScalableScene.first("VTD-159", "of another domain, PASID or page", facts);
    withPasid(s, pasid, PLAIN);
    remapped(s, Descriptors.pasidIotlb(PLAIN ^ 1, pasid), false);
    remapped(s, Descriptors.pasidIotlb(PLAIN, pasid ^ 1), false);
    remapped(s, Descriptors.pasidPages(PLAIN ^ 1, pasid, IOVA, 0, true), false);
    remapped(s, Descriptors.pasidPages(PLAIN, pasid ^ 1, IOVA, 0, true), false);
    remapped(s, Descriptors.pasidPages(PLAIN, pasid, IOVA + PAGE, 0, true), false);
    return s.end();
  }
}
