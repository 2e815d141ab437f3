package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Descriptors.DOMAIN;
import static org.iommuref.conformance.cases.vtd.Descriptors.GLOBAL;
import static org.iommuref.conformance.cases.vtd.Descriptors.SELECTIVE;
import static org.iommuref.conformance.cases.vtd.Radix.RIGHTS;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.call.DeviceCall.FinishDma;
import org.iommuref.spec.unit.call.DeviceCall.StartDma;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;

/** Invalidation through CCMD, IVA and IOTLB, while the queue is off. Manual 6.5.1 and 11.4.6. */
final class RegisterInvalidationCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final int DID = VtdScene.DOMAIN;
  private static final long START = 1L << 63;
  private static final long DRAIN_READS = 1L << 49;
  private static final long DRAIN_WRITES = 1L << 48;
  private static final long HINT = 1 << 6;
  private static final int REFUSED = 0;
  private static final long VALUE = 0x0002_cafe_0000_0001L;

  private RegisterInvalidationCases() {}

  static Stream<Case> all(VtdFacts facts) {
    int wide = DID | 1 << (facts.domainIdBits() - 1);
    return Stream.of(
            IntStream.rangeClosed(0, 3).mapToObj(mask -> contextOfDevice(facts, mask)),
            Stream.of(
                contextOf(facts, "a domain", command(DOMAIN, DID, 0, 0)),
                contextOf(facts, "all", command(GLOBAL, 0, 0, 0)),
                contextOfWideDomain(facts, wide),
                contextsThatStay(facts),
                translationsOf(facts, DID, "a domain", DOMAIN),
                translationsOf(facts, wide, "the highest domain", DOMAIN),
                translationsOf(facts, DID, "all", GLOBAL),
                pages(facts),
                pagesThatStay(facts),
                tablePointers(facts),
                drains(facts),
                refusedInScalableMode(facts),
                refusedByVersion(facts),
                refusedMask(facts)))
        .flatMap(cases -> cases);
  }

  /** A scene without queue; the root table is in force and nothing cached. */
  private static VtdScene scene(String clause, String name, VtdFacts facts) {
    VtdScene scene = new VtdScene(clause, name, facts);
    scene.only(facts.registerInvalidation());
    scene.write64(Registers.RTADDR, scene.root).command(Registers.SRTP);
    return forgetAll(scene);
  }

  private static VtdScene forgetAll(VtdScene scene) {
    contexts(scene, command(GLOBAL, 0, 0, 0));
    return translations(scene, GLOBAL, 0, 0);
  }

  private static long command(long granularity, long domain, long source, long functionMask) {
    return START | granularity << 61 | functionMask << 32 | source << 16 | domain;
  }

  /** Gives a command; it must be done, as asked or coarser. */
  private static VtdScene contexts(VtdScene scene, long command) {
    long asked = command >>> 61 & 3;
    scene.write64(Registers.CCMD, command).expect64(Registers.CCMD, START, 0);
    return tells(scene, Registers.CCMD, 59, LongStream.rangeClosed(1, asked));
  }

  private static VtdScene tells(VtdScene scene, int register, int shift, LongStream codes) {
    List<Long> allowed = codes.mapToObj(code -> code << shift).toList();
    return scene.add(new ReadRegister(register, Long.BYTES, Expect.oneOf(3L << shift, allowed)));
  }

  private static VtdScene translations(
      VtdScene scene, long granularity, long domain, long address) {
    return translations(scene, granularity, domain, address, 0);
  }

  private static VtdScene translations(
      VtdScene scene, long granularity, long domain, long address, long drains) {
    int at = scene.facts.invalidateAddress();
    scene.write64(at, address);
    scene.write64(at + Long.BYTES, START | granularity << 60 | drains | domain << 32);
    scene.expect64(at + Long.BYTES, START, 0);
    return tells(scene, at + Long.BYTES, 57, LongStream.rangeClosed(1, granularity));
  }

  /** A device that has read page 1 by one table; its context entry then names another. */
  private static VtdScene moved(String clause, String name, VtdFacts facts, int domain) {
    VtdScene scene = scene(clause, name, facts);
    LegacyTables tables = new LegacyTables(scene);
    Radix other = tables.other();
    tables.stage.map(IOVA, scene.page(1));
    other.map(IOVA, scene.page(2));
    tables.attach(FIRST, tables.stage, domain);
    scene.tagged(1, 2).level(Registers.TE, true).reads(IOVA, 1).then();
    tables.attach(FIRST, other, domain ^ 2);
    return scene.readsOr(IOVA, 2, 1);
  }

  @Clause("VTD-044")
  private static Case contextOfDevice(VtdFacts facts, int functionMask) {
    int masked = functionMask == 0 ? 0 : 8 - (1 << (3 - functionMask));
    VtdScene scene = moved("VTD-044", "by device, function mask " + functionMask, facts, DID);
    contexts(scene, command(SELECTIVE, DID, FIRST.value() | masked, functionMask));
    return translations(scene, DOMAIN, DID, 0).reads(IOVA, 2).end();
  }

  @Clause("VTD-044")
  private static Case contextOf(VtdFacts facts, String scope, long command) {
    VtdScene scene = moved("VTD-044", "context entries of " + scope, facts, DID);
    contexts(scene, command);
    return translations(scene, DOMAIN, DID, 0).reads(IOVA, 2).end();
  }

  @Clause("VTD-044")
  private static Case contextOfWideDomain(VtdFacts facts, int domain) {
    VtdScene scene = moved("VTD-044", "context entries of the highest domain", facts, domain);
    contexts(scene, command(DOMAIN, domain, 0, 0));
    return translations(scene, DOMAIN, domain, 0).reads(IOVA, 2).end();
  }

  /** Those of another device or domain may be used as before. */
  @Clause("VTD-044")
  private static Case contextsThatStay(VtdFacts facts) {
    VtdScene scene = moved("VTD-044", "context entries that may stay", facts, DID);
    contexts(scene, command(DOMAIN, DID + 1, 0, 0)).readsOr(IOVA, 2, 1);
    contexts(scene, command(SELECTIVE, DID, FIRST.value() ^ 0x100, 3)).readsOr(IOVA, 2, 1);
    return contexts(scene, command(SELECTIVE, DID, FIRST.value() ^ 8, 3)).readsOr(IOVA, 2, 1).end();
  }

  /** A device that has read page 1; the table for its part of the addresses is then another. */
  private static VtdScene relinked(String name, VtdFacts facts, int domain) {
    VtdScene scene = scene("VTD-045", name, facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.stage.map(IOVA + PAGE, scene.page(1));
    tables.attach(FIRST, tables.stage, domain);
    scene.tagged(1, 2).level(Registers.TE, true).reads(IOVA, 1).then();
    long lower = scene.page();
    scene.put(lower + 8 * (IOVA >>> 12 & 511), scene.page(2) | RIGHTS);
    scene.put(lower + 8 * ((IOVA + PAGE) >>> 12 & 511), scene.page(2) | RIGHTS);
    return scene.put(tables.stage.entry(IOVA, 2), lower | RIGHTS).readsOr(IOVA, 2, 1);
  }

  @Clause("VTD-045")
  private static Case translationsOf(VtdFacts facts, int domain, String scope, int granularity) {
    VtdScene scene = relinked("translations and table pointers of " + scope, facts, domain);
    translations(scene, granularity, granularity == GLOBAL ? 0 : domain, 0);
    return scene.reads(IOVA, 2).reads(IOVA + PAGE, 2).end();
  }

  @Clause("VTD-045")
  private static Case pages(VtdFacts facts) {
    VtdScene scene = scene("VTD-045", "the pages around an address", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.attach();
    scene.only(facts.pageSelective()).tagged(1, 2).level(Registers.TE, true).then();
    long base = IOVA & -(16 * PAGE);
    for (int mask = 0; mask <= Math.min(3, facts.mostAddressMask()); mask++) {
      int count = 1 << mask;
      for (int n = 0; n < count; n++) {
        tables.stage.map(base + n * PAGE, scene.page(1));
      }
      forgetAll(scene);
      for (int n = 0; n < count; n++) {
        scene.reads(base + n * PAGE, 1);
        tables.stage.map(base + n * PAGE, scene.page(2));
      }
      scene.readsOr(base, 2, 1);
      translations(scene, SELECTIVE, DID, (base + (count - 1) * PAGE) | HINT | mask);
      for (int n = 0; n < count; n++) {
        scene.reads(base + n * PAGE, 2);
      }
    }
    return scene.end();
  }

  /** Translations of another domain or page may be used as before. */
  @Clause("VTD-045")
  private static Case pagesThatStay(VtdFacts facts) {
    VtdScene scene = relinked("translations that may stay", facts, DID);
    scene.only(facts.pageSelective());
    translations(scene, DOMAIN, DID + 1, 0).readsOr(IOVA, 2, 1);
    translations(scene, SELECTIVE, DID, (IOVA + PAGE) | HINT).readsOr(IOVA, 2, 1);
    return translations(scene, SELECTIVE, DID + 1, IOVA).readsOr(IOVA, 2, 1).end();
  }

  @Clause("VTD-045")
  private static Case tablePointers(VtdFacts facts) {
    VtdScene scene = relinked("table pointers of pages", facts, DID);
    scene.only(facts.pageSelective());
    translations(scene, SELECTIVE, DID, IOVA).reads(IOVA, 2);
    return translations(scene, SELECTIVE, DID, IOVA + PAGE).reads(IOVA + PAGE, 2).end();
  }

  @Clause("VTD-049")
  private static Case drains(VtdFacts facts) {
    VtdScene scene = scene("VTD-049", "by the register", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach();
    scene.needs(Capability.DRAIN).only(facts.drains()).level(Registers.TE, true).then();
    long[] orders = {GLOBAL, DOMAIN, SELECTIVE};
    for (int i = 0; i < (facts.pageSelective() ? 3 : 2); i++) {
      scene.add(new StartDma(i, FIRST, null, IOVA, AccessKind.WRITE, VALUE + i, Expect.ANY));
      translations(scene, orders[i], DID, IOVA, DRAIN_WRITES).holds(scene.page(1), VALUE + i);
      scene.add(new FinishDma(i, Expect.ADMITTED));
      scene.put(scene.page(1), VtdScene.tag(1));
      scene.add(new StartDma(i, FIRST, null, IOVA, AccessKind.READ, 0, Expect.ANY));
      translations(scene, orders[i], DID, IOVA, DRAIN_READS).put(scene.page(1), 0);
      scene.add(new FinishDma(i, Expect.reads(VtdScene.tag(1))));
    }
    return scene.end();
  }

  @Clause("VTD-046")
  private static Case refusedInScalableMode(VtdFacts facts) {
    VtdScene scene = scene("VTD-046", "in scalable mode", facts).only(facts.scalable());
    scene.write64(Registers.RTADDR, scene.scalableRoot()).command(Registers.SRTP).then();
    for (long granularity = GLOBAL; granularity <= SELECTIVE; granularity++) {
      scene.write64(Registers.CCMD, command(granularity, DID, FIRST.value(), 0));
      scene.expect64(Registers.CCMD, START | 3L << 59, REFUSED);
      refused(scene, granularity, 0);
    }
    return scene.end();
  }

  /** From version 6 on every request is refused. */
  @Clause("VTD-046")
  private static Case refusedByVersion(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-046", "from version 6 on", facts);
    scene.only(!facts.registerInvalidation());
    scene.write64(Registers.RTADDR, scene.root).command(Registers.SRTP).then();
    for (long granularity = GLOBAL; granularity <= SELECTIVE; granularity++) {
      scene.write64(Registers.CCMD, command(granularity, DID, FIRST.value(), 0));
      scene.expect64(Registers.CCMD, START | 3L << 59, REFUSED);
      refused(scene, granularity, 0);
    }
    return scene.end();
  }

  private static void refused(VtdScene scene, long granularity, long address) {
    int at = scene.facts.invalidateAddress();
    scene.write64(at, address);
    scene.write64(at + Long.BYTES, START | granularity << 60 | (long) DID << 32);
    scene.expect64(at + Long.BYTES, START | 3L << 57, REFUSED);
  }

  @Clause("VTD-046")
  private static Case refusedMask(VtdFacts facts) {
    VtdScene scene = scene("VTD-046", "a mask beyond MAMV", facts).then();
    scene.only(facts.pageSelective() && facts.mostAddressMask() < 63);
    translations(scene, SELECTIVE, DID, facts.mostAddressMask());
    refused(scene, SELECTIVE, facts.mostAddressMask() + 1L);
    refused(scene, SELECTIVE, 63);
    return scene.end();
  }
}
