package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Descriptors.GLOBAL;
import static org.iommuref.conformance.cases.vtd.Descriptors.SELECTIVE;
import static org.iommuref.conformance.cases.vtd.Radix.RIGHTS;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;

/** What each invalidation of legacy mode must remove, and what needs none. Manual 6.2 to 6.6. */
final class CacheCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final long LARGE = 1L << 21;

  private CacheCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
            IntStream.rangeClosed(0, 3).mapToObj(mask -> contextOfDevice(facts, mask)),
            Stream.of(
                contextOf(facts, "a domain", Descriptors.context(Descriptors.DOMAIN, DOMAIN, 0, 0)),
                contextOfWideDomain(facts),
                contextOf(facts, "all", Descriptors.context(GLOBAL, 0, 0, 0)),
                translationsOf(facts, "a domain", Descriptors.iotlb(DOMAIN)),
                translationsOf(facts, "all", Descriptors.iotlb(GLOBAL, 0, 0, 0, false)),
                pointersOf(facts, "a domain", Descriptors.iotlb(DOMAIN)),
                pointersOf(facts, "all", Descriptors.iotlb(GLOBAL, 0, 0, 0, false)),
                pages(facts),
                largePage(facts),
                largePageOf(facts, "a domain", Descriptors.iotlb(DOMAIN)),
                largePageOf(facts, "all", Descriptors.iotlb(GLOBAL, 0, 0, 0, false)),
                tablePointers(facts),
                newEntries(facts),
                rootTablePointer(facts)))
        .flatMap(cases -> cases);
  }

  /** A device that has read page 1 by one table; its context entry then names another. */
  private static VtdScene moved(String clause, String name, VtdFacts facts) {
    VtdScene scene = new VtdScene(clause, name, facts);
    LegacyTables tables = new LegacyTables(scene);
    Radix other = tables.other();
    tables.stage.map(IOVA, scene.page(1));
    other.map(IOVA, scene.page(2));
    tables.attach();
    scene.tagged(1, 2).start().reads(IOVA, 1).then();
    tables.attach(FIRST, other, DOMAIN + 1);
    return scene.readsOr(IOVA, 2, 1);
  }

  private static Case afterContext(VtdScene scene, long[] descriptor) {
    return scene.submit(descriptor).submit(Descriptors.iotlb(DOMAIN)).reads(IOVA, 2).end();
  }

  @Clause("VTD-030")
  private static Case contextOfDevice(VtdFacts facts, int functionMask) {
    int masked = functionMask == 0 ? 0 : 8 - (1 << (3 - functionMask));
    return afterContext(
        moved("VTD-030", "by device with function mask " + functionMask, facts),
        Descriptors.context(SELECTIVE, DOMAIN, FIRST.value() | masked, functionMask));
  }

  @Clause("VTD-031")
  private static Case contextOf(VtdFacts facts, String scope, long[] descriptor) {
    return afterContext(moved("VTD-031", "context entries of " + scope, facts), descriptor);
  }

  /** Domain ids are compared in every bit that the unit has. */
  @Clause("VTD-031")
  private static Case contextOfWideDomain(VtdFacts facts) {
    int domain = DOMAIN | 1 << (facts.domainIdBits() - 1);
    VtdScene scene = new VtdScene("VTD-031", "context entries of the highest domain", facts);
    LegacyTables tables = new LegacyTables(scene);
    Radix other = tables.other();
    tables.stage.map(IOVA, scene.page(1));
    other.map(IOVA, scene.page(2));
    tables.attach(FIRST, tables.stage, domain);
    scene.tagged(1, 2).start().reads(IOVA, 1).then();
    tables.attach(FIRST, other, domain ^ 2);
    scene.readsOr(IOVA, 2, 1);
    scene.submit(Descriptors.context(Descriptors.DOMAIN, domain, 0, 0));
    return scene.submit(Descriptors.iotlb(domain)).reads(IOVA, 2).end();
  }

  /** A device that has read page 1; the table for its part of the addresses is then another. */
  private static VtdScene relinked(String clause, String name, VtdFacts facts) {
    VtdScene scene = new VtdScene(clause, name, facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.stage.map(IOVA + PAGE, scene.page(1));
    tables.attach();
    scene.tagged(1, 2).start().reads(IOVA, 1).then();
    long lower = scene.page();
    scene.put(lower + 8 * (IOVA >>> 12 & 511), scene.page(2) | RIGHTS);
    scene.put(lower + 8 * ((IOVA + PAGE) >>> 12 & 511), scene.page(2) | RIGHTS);
    return scene.put(tables.stage.entry(IOVA, 2), lower | RIGHTS).readsOr(IOVA, 2, 1);
  }

  @Clause("VTD-032")
  private static Case translationsOf(VtdFacts facts, String scope, long[] descriptor) {
    return relinked("VTD-032", "translations of " + scope, facts)
        .submit(descriptor)
        .reads(IOVA, 2)
        .end();
  }

  @Clause("VTD-032")
  private static Case pointersOf(VtdFacts facts, String scope, long[] descriptor) {
    return relinked("VTD-032", "table pointers of " + scope, facts)
        .submit(descriptor)
        .reads(IOVA + PAGE, 2)
        .end();
  }

  @Clause("VTD-033")
  private static Case pages(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-033", "the pages around an address", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.attach();
    scene.only(facts.pageSelective()).tagged(1, 2).start().then();
    long base = IOVA & -(16 * PAGE);
    for (int mask = 0; mask <= Math.min(3, facts.mostAddressMask()); mask++) {
      for (int named = 0; named < 1 << mask; named += Math.max(1, (1 << mask) - 1)) {
        for (int n = 0; n < 1 << mask; n++) {
          tables.stage.map(base + n * PAGE, scene.page(1));
        }
        scene.forgetAll();
        for (int n = 0; n < 1 << mask; n++) {
          scene.reads(base + n * PAGE, 1);
          tables.stage.map(base + n * PAGE, scene.page(2));
        }
        scene.readsOr(base, 2, 1);
        scene.submit(Descriptors.iotlb(SELECTIVE, DOMAIN, base + named * PAGE, mask, true));
        for (int n = 0; n < 1 << mask; n++) {
          scene.reads(base + n * PAGE, 2);
        }
      }
    }
    return scene.end();
  }

  @Clause("VTD-033")
  private static Case largePage(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-033", "a large page, by any part of it", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.attach();
    long base = facts.memory().base();
    long iova = IOVA & -LARGE;
    scene.only(facts.pageSelective() && facts.supportsLeaf(2)).start().then();
    for (long part : new long[] {0, 5 * PAGE, LARGE - PAGE}) {
      scene.put(base + LARGE + part, VtdScene.tag(1));
      scene.put(base + 2 * LARGE + part, VtdScene.tag(2));
      tables.stage.map(iova, base + LARGE, 2);
      scene.forgetAll().reads(iova + part, 1).reads(iova, 1);
      tables.stage.map(iova, base + 2 * LARGE, 2);
      scene.readsOr(iova + part, 2, 1);
      scene.submit(Descriptors.iotlb(SELECTIVE, DOMAIN, iova + part, 0, true));
      scene.reads(iova + part, 2);
    }
    return scene.end();
  }

  @Clause("VTD-032")
  private static Case largePageOf(VtdFacts facts, String scope, long[] descriptor) {
    VtdScene scene = new VtdScene("VTD-032", "a large page of " + scope, facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.attach();
    long base = facts.memory().base();
    long iova = IOVA & -LARGE;
    scene.only(facts.supportsLeaf(2)).start().then();
    scene.put(base + LARGE, VtdScene.tag(1)).put(base + 2 * LARGE, VtdScene.tag(2));
    tables.stage.map(iova, base + LARGE, 2);
    scene.forgetAll().reads(iova, 1);
    tables.stage.map(iova, base + 2 * LARGE, 2);
    return scene.readsOr(iova, 2, 1).submit(descriptor).reads(iova, 2).end();
  }

  @Clause("VTD-034")
  private static Case tablePointers(VtdFacts facts) {
    VtdScene scene = relinked("VTD-034", "a table that is another", facts);
    return scene
        .only(facts.pageSelective())
        .submit(Descriptors.iotlb(SELECTIVE, DOMAIN, IOVA, 0, false))
        .reads(IOVA, 2)
        .submit(Descriptors.iotlb(SELECTIVE, DOMAIN, IOVA + PAGE, 0, false))
        .reads(IOVA + PAGE, 2)
        .end();
  }

  @Clause("VTD-042")
  private static Case newEntries(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-042", "entries that become present", facts);
    LegacyTables tables = new LegacyTables(scene);
    scene.script.lacks(Capability.CACHING_MODE);
    scene.tagged(1, 2).start().then().refuses(IOVA, 0x01);
    tables.context(FIRST, 0, 0);
    scene.refuses(IOVA, 0x02);
    tables.attach();
    for (int level = facts.levels(); level >= 1; level--) {
      scene.refuses(IOVA, 0x06);
      tables.stage.entry(IOVA, level);
    }
    tables.stage.map(IOVA, scene.page(1));
    scene.reads(IOVA, 1).refuses(IOVA + PAGE, 0x06);
    tables.stage.map(IOVA + PAGE, scene.page(2));
    return scene.reads(IOVA + PAGE, 2).end();
  }

  @Clause("VTD-043")
  private static Case rootTablePointer(VtdFacts facts) {
    return moved("VTD-043", "nothing cached is used after SRTP", facts)
        .only(facts.setsRootWithInvalidation())
        .command(Registers.SRTP)
        .reads(IOVA, 2)
        .end();
  }
}
