package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Descriptors.GLOBAL;
import static org.iommuref.conformance.cases.vtd.Descriptors.SELECTIVE;
import static org.iommuref.conformance.cases.vtd.ScalableTables.FPD;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.List;
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

/** What each invalidation of scalable mode must remove. Manual 6.5.2. */
final class PasidInvalidationCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final long VALUE = 0x0002_beef_0000_0001L;

  private PasidInvalidationCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        ofPasid(facts),
        ofPasidOnSecondStage(facts),
        ofPagesOfPasid(facts),
        pointersOfPages(facts),
        drains(facts),
        pasidEntries(facts),
        pasidEntriesOfWideDomain(facts),
        pasidEntryThatPassesThrough(facts),
        pasidEntryTakenAway(facts),
        contexts(facts),
        ofDomain(facts),
        ofDomainThatPasses(facts),
        ofPasidThatPasses(facts),
        ofPagesOfSecondStage(facts),
        ofPagesOnFirstStage(facts));
  }

  private static long[] pages(int pasid, long address, int mask, boolean hint) {
    return Descriptors.pasidPages(DOMAIN, pasid, address, mask, hint);
  }

  /**
   * A page that was read is another: it may still be used until the invalidation has removed it.
   */
  private static void removesPage(ScalableScene s, long[] descriptor) {
    VtdScene scene = s.scene();
    s.stage().map(IOVA, scene.page(1));
    scene.forgetAll().reads(IOVA, 1);
    s.stage().map(IOVA, scene.page(2));
    scene.readsOr(IOVA, 2, 1).submit(descriptor).reads(IOVA, 2);
  }

  /** The same of the table of a level, by a page that was not read. */
  private static void removesPointers(ScalableScene s, long[] descriptor) {
    VtdScene scene = s.scene();
    for (int level = 2; level <= s.stage().levels(); level++) {
      s.stage().map(IOVA, scene.page(1));
      s.stage().map(IOVA + PAGE, scene.page(1));
      scene.forgetAll().reads(IOVA, 1);
      long entry = s.stage().entry(IOVA, level);
      long before = scene.script.at(entry);
      scene.put(entry, 0);
      s.stage().map(IOVA, scene.page(2));
      s.stage().map(IOVA + PAGE, scene.page(2));
      scene.submit(descriptor).reads(IOVA + PAGE, 2).put(entry, before);
    }
    scene.forgetAll();
  }

  @Clause("VTD-159")
  private static Case ofPasid(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-159", "all of a PASID", facts);
    long[] all = Descriptors.pasidIotlb(DOMAIN, s.tables().ridPasid());
    removesPage(s, all);
    removesPointers(s, all);
    return s.end();
  }

  @Clause("VTD-159")
  private static Case ofPasidOnSecondStage(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-159", "translations of a second stage", facts);
    removesPage(s, Descriptors.pasidIotlb(DOMAIN, s.tables().ridPasid()));
    return s.end();
  }

  @Clause("VTD-159")
  private static Case ofPagesOfPasid(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-159", "pages of a PASID", facts);
    int pasid = s.tables().ridPasid();
    for (int mask : new int[] {0, 1, 4, 9, 18, 40}) {
      removesPage(s, pages(pasid, IOVA, mask, true));
      long around = IOVA & -(PAGE << mask);
      removesPage(s, pages(pasid, around, mask, true));
    }
    return s.end();
  }

  @Clause("VTD-159")
  private static Case pointersOfPages(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-159", "table pointers of pages", facts);
    int pasid = s.tables().ridPasid();
    removesPointers(s, pages(pasid, IOVA & -(2 * PAGE), 1, false));
    removesPointers(s, pages(pasid, IOVA + PAGE, 0, false));
    return s.end();
  }

  @Clause("VTD-162")
  private static Case drains(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-162", "accesses under way", facts);
    VtdScene scene = s.scene();
    scene.needs(Capability.DRAIN);
    List<long[]> draining =
        List.of(
            Descriptors.pasidIotlb(DOMAIN, s.tables().ridPasid()),
            pages(s.tables().ridPasid(), IOVA, 0, true),
            Descriptors.with(Descriptors.iotlb(DOMAIN), 3 << 6, 0),
            Descriptors.with(Descriptors.iotlb(GLOBAL, 0, 0, 0, false), 3 << 6, 0),
            facts.pageSelective()
                ? Descriptors.with(Descriptors.iotlb(SELECTIVE, DOMAIN, IOVA, 0, true), 3 << 6, 0)
                : Descriptors.with(Descriptors.iotlb(DOMAIN), 3 << 6, 0));
    int number = 0;
    for (long[] descriptor : draining) {
      scene.add(
          new StartDma(number, FIRST, null, IOVA, AccessKind.WRITE, VALUE + number, Expect.ANY));
      scene.submit(descriptor).holds(scene.page(1), VALUE + number);
      scene.add(new FinishDma(number, Expect.ADMITTED));
      number++;
    }
    return scene.end();
  }

  /** The invalidations by which the entry of requests without PASID goes. */
  private static List<long[]> removing(ScalableScene s) {
    return List.of(
        Descriptors.pasidCache(0, DOMAIN, 0),
        Descriptors.pasidCache(1, DOMAIN, s.tables().ridPasid()),
        Descriptors.pasidCache(3, 0, 0));
  }

  @Clause("VTD-171")
  private static Case pasidEntries(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-171", "of a domain, of a PASID and all", facts);
    VtdScene scene = s.scene();
    long[] mapped = s.entry();
    for (long[] descriptor : removing(s)) {
      s.tables().put(mapped);
      scene.forgetAll().reads(IOVA, 1);
      s.tables().put(s.tables().mapping(2, DOMAIN + 1));
      scene.readsOr(IOVA, 2, 1);
      scene.submit(descriptor).submit(Descriptors.iotlb(DOMAIN)).reads(IOVA, 2);
    }
    return scene.end();
  }

  /** Domain ids are compared in every bit that the unit has. */
  @Clause("VTD-171")
  private static Case pasidEntriesOfWideDomain(VtdFacts facts) {
    int domain = DOMAIN | 1 << (facts.domainIdBits() - 1);
    ScalableScene s = ScalableScene.mapped("VTD-171", "of the highest domain", facts);
    s.tables().put(s.tables().mapping(1, domain));
    s.scene().forgetAll().reads(IOVA, 1);
    s.tables().put(s.tables().mapping(2, domain ^ 2));
    s.scene().readsOr(IOVA, 2, 1).submit(Descriptors.pasidCache(0, domain, 0));
    return s.scene().submit(Descriptors.iotlb(domain)).reads(IOVA, 2).end();
  }

  /** A unit may leave such a device alone, and has to take it up again. */
  @Clause("VTD-171")
  private static Case pasidEntryThatPassesThrough(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-171", "an entry that passes through", facts);
    VtdScene scene = s.scene().only(facts.supportsTranslation(PasidFields.PASS_THROUGH));
    for (long[] descriptor : removing(s)) {
      s.tables().put(s.tables().passThrough(DOMAIN));
      scene.forgetAll().reads(scene.page(1), 1);
      s.tables().put(s.tables().mapping(2, DOMAIN + 1));
      scene.submit(descriptor).submit(Descriptors.iotlb(DOMAIN)).reads(IOVA, 2);
    }
    return scene.end();
  }

  /** It came without an invalidation, as one that was not present may. */
  @Clause("VTD-171")
  private static Case pasidEntryTakenAway(VtdFacts facts) {
    ScalableScene s = ScalableScene.empty("VTD-171", "one that passed through, taken away", facts);
    VtdScene scene = s.scene().only(facts.supportsTranslation(PasidFields.PASS_THROUGH));
    scene.only(!facts.cachingMode());
    for (long[] descriptor : removing(s)) {
      s.tables().put(s.tables().passThrough(DOMAIN));
      scene.reads(scene.page(1), 1).reads(scene.page(2), 2);
      scene.script.change(s.tables().entryAt(), 0, ScalableTables.P);
      scene.submit(descriptor).submit(Descriptors.iotlb(DOMAIN)).refuses(scene.page(1), 0x59);
    }
    return scene.end();
  }

  @Clause("VTD-172")
  private static Case contexts(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-172", "of a device, of a domain and all", facts);
    VtdScene scene = s.scene();
    long at = s.tables().contextAt();
    long before = scene.script.at(at);
    for (long[] descriptor :
        List.of(
            Descriptors.context(GLOBAL, 0, 0, 0),
            Descriptors.context(Descriptors.DOMAIN, DOMAIN + 1, 0, 0),
            Descriptors.context(SELECTIVE, 0, FIRST.value(), 0),
            Descriptors.context(SELECTIVE, DOMAIN, FIRST.value() | 4, 1),
            Descriptors.context(SELECTIVE, DOMAIN, FIRST.value() | 7, 3))) {
      scene.put(at, before).forgetAll().reads(IOVA, 1);
      scene.put(at, FPD).refusedOr(IOVA, 1);
      scene.submit(descriptor).submit(Descriptors.pasidCache(3, 0, 0));
      scene.submit(Descriptors.iotlb(GLOBAL, 0, 0, 0, false)).refusesSilently(IOVA);
    }
    return scene.end();
  }

  @Clause("VTD-173")
  private static Case ofDomain(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-173", "of a domain and all", facts);
    long[] all = Descriptors.iotlb(GLOBAL, 0, 0, 0, false);
    removesPage(s, Descriptors.iotlb(DOMAIN));
    removesPage(s, all);
    removesPointers(s, Descriptors.iotlb(DOMAIN));
    removesPointers(s, all);
    return s.end();
  }

  /** A device that passed through has read page 1; its entry then maps that page to page 2. */
  private static void removesPassed(ScalableScene s, long[] descriptor) {
    VtdScene scene = s.scene();
    long page = scene.page(1);
    s.tables().put(s.tables().passThrough(DOMAIN));
    scene.forgetAll().reads(page, 1);
    Radix table = s.scene().facts.has(Feature.SSTS) ? s.tables().second() : s.tables().first();
    table.map(page, scene.page(2));
    s.tables()
        .put(
            scene.facts.has(Feature.SSTS)
                ? s.tables().secondStage(table, DOMAIN)
                : s.tables().firstStage(table, DOMAIN));
    scene.submit(Descriptors.pasidCache(3, 0, 0)).readsOr(page, 2, 1);
    scene.submit(descriptor).reads(page, 2);
  }

  @Clause("VTD-173")
  private static Case ofDomainThatPasses(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-173", "what passed through", facts);
    s.scene().only(facts.supportsTranslation(PasidFields.PASS_THROUGH));
    removesPassed(s, Descriptors.iotlb(DOMAIN));
    removesPassed(s, Descriptors.iotlb(GLOBAL, 0, 0, 0, false));
    if (facts.pageSelective()) {
      removesPassed(s, Descriptors.iotlb(SELECTIVE, DOMAIN, s.scene().page(1), 0, true));
    }
    return s.end();
  }

  @Clause("VTD-159")
  private static Case ofPasidThatPasses(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-159", "what passed through", facts);
    s.scene().only(facts.supportsTranslation(PasidFields.PASS_THROUGH));
    removesPassed(s, Descriptors.pasidIotlb(DOMAIN, s.tables().ridPasid()));
    return s.end();
  }

  @Clause("VTD-173")
  private static Case ofPagesOfSecondStage(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-173", "pages of a second stage", facts);
    s.scene().only(facts.pageSelective());
    removesPage(s, Descriptors.iotlb(SELECTIVE, DOMAIN, IOVA, 0, true));
    removesPage(s, Descriptors.iotlb(SELECTIVE, DOMAIN, IOVA & -(8 * PAGE), 3, true));
    removesPointers(s, Descriptors.iotlb(SELECTIVE, DOMAIN, IOVA + PAGE, 0, false));
    return s.end();
  }

  @Clause("VTD-173")
  private static Case ofPagesOnFirstStage(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-173", "a first stage whose domain is named", facts);
    s.scene().only(facts.pageSelective());
    removesPage(s, Descriptors.iotlb(SELECTIVE, DOMAIN, 0, 0, true));
    removesPage(s, Descriptors.iotlb(DOMAIN));
    removesPointers(s, Descriptors.iotlb(SELECTIVE, DOMAIN, 0, 0, true));
    removesPointers(s, Descriptors.iotlb(DOMAIN));
    return s.end();
  }
}
