package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.MapCases.given;
import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.LARGE;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.spi.Topology;

/** When a translation that was removed can no longer be used. */
final class InvalidationCases implements CaseSet {

  private static final long IOVA = 0x60_0000L;
  private static final long OWNED = 0x0111_2222_3333_4444L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        noStaleAfterSync(pages),
        writesAreDrained(pages),
        staleUntilSync(pages),
        everyTag("two devices behind one unit", Topology.twoDevices(), pages),
        everyTag("two devices behind two units", Topology.twoUnits(), pages),
        wholeRange(pages, 2),
        wholeRange(pages, 3),
        wholeRange(pages, 7),
        wholeRange(pages, 16),
        wholeRangeOffset(pages),
        fullFlush(pages),
        tablesAreKept(pages),
        restTranslates(pages),
        unlinkedTables(pages),
        waitsForItsOwn(pages),
        removedWhileDetached(pages),
        oldOrNothing(pages),
        sharedGather(pages),
        wideGather(pages),
        largePage(pages),
        formerRights(pages),
        attachEndsRefusals(pages),
        probeEndsRefusals(pages));
  }

  @Clause("INV-001")
  private static Case noStaleAfterSync(Pages pages) {
    return given("INV-001", "a removed page faults after the sync")
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .unmap(1, IOVA)
        .read(FIRST, IOVA)
        .mayBeStale()
        .sync(1)
        .then()
        .read(FIRST, IOVA)
        .faults()
        .write(FIRST, IOVA)
        .faults()
        .end();
  }

  /**
   * The page belongs to somebody else once the sync has returned: a write still under way must not
   * land on it.
   */
  @Clause("INV-002")
  private static Case writesAreDrained(Pages pages) {
    return given("INV-002", "a translated write lands before the sync returns")
        .map(1, IOVA, pages.small(1))
        .issue(1, FIRST, IOVA)
        .unmap(1, IOVA)
        .sync(1)
        .writeMemory(pages.small(1), OWNED)
        .then()
        .finish(1)
        .readMemory(pages.small(1))
        .faults()
        .end();
  }

  @Clause("INV-003")
  private static Case staleUntilSync(Pages pages) {
    return given("INV-003", "a removed page may be used before the sync")
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .unmap(1, IOVA)
        .then()
        .read(FIRST, IOVA)
        .mayBeStale()
        .end();
  }

  @Clause("INV-004")
  private static Case everyTag(String name, Topology topology, Pages pages) {
    return Scene.backend("INV-004", name, topology)
        .paging(1)
        .attach(FIRST, 1)
        .attach(SECOND, 1)
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .then()
        .unmap(1, IOVA)
        .sync(1)
        .read(FIRST, IOVA)
        .faults()
        .read(SECOND, IOVA)
        .faults()
        .end();
  }

  @Clause("INV-005")
  private static Case wholeRange(Pages pages, int count) {
    return range("a range of " + count + " pages, first and last", IOVA, pages, count);
  }

  /**
   * The range crosses an alignment: the smallest aligned power of two that covers it is far larger.
   */
  @Clause("INV-005")
  private static Case wholeRangeOffset(Pages pages) {
    return range("a range across a boundary of 16 pages", IOVA + 15 * PAGE, pages, 2);
  }

  private static Case range(String name, long from, Pages pages, int count) {
    Scene scene = given("INV-005", name).map(1, from, pages.large(1), PAGE, count, Prot.READ_WRITE);
    for (int i = 0; i < count; i++) {
      scene.read(FIRST, from + i * PAGE).succeeds();
    }
    scene.unmap(1, from, PAGE, count).sync(1).then();
    for (int i = 0; i < count; i++) {
      scene.read(FIRST, from + i * PAGE + 0xff8).faults();
    }
    return scene.end();
  }

  @Clause("INV-006")
  private static Case fullFlush(Pages pages) {
    return given("INV-006", "a full flush ends all unmaps before it")
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + 5 * LARGE, pages.small(2))
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + 5 * LARGE)
        .succeeds()
        .unmap(1, IOVA, PAGE, 1, 1)
        .unmap(1, IOVA + 5 * LARGE, PAGE, 1, 2)
        .then()
        .flushAll(1)
        .read(FIRST, IOVA)
        .faults()
        .read(FIRST, IOVA + 5 * LARGE)
        .faults()
        .end();
  }

  /** A table page that is reused at once becomes part of what is mapped next. */
  @Clause("INV-007")
  private static Case tablesAreKept(Pages pages) {
    Scene scene =
        given("INV-007", "a table page is not reused before the sync")
            .paging(2)
            .map(1, 8 * LARGE, pages.large(1), PAGE, 512, Prot.READ_WRITE)
            .read(FIRST, 8 * LARGE)
            .succeeds()
            .unmap(1, 8 * LARGE, PAGE, 512)
            .then();
    mapElsewhere(scene, pages);
    return scene
        .read(FIRST, 8 * LARGE)
        .mayBeStale()
        .read(FIRST, 8 * LARGE + PAGE)
        .mayBeStale()
        .read(FIRST, 8 * LARGE + 9 * PAGE)
        .mayBeStale()
        .sync(1)
        .read(FIRST, 8 * LARGE)
        .faults()
        .end();
  }

  @Clause("INV-008")
  private static Case restTranslates(Pages pages) {
    return given("INV-008", "what stays mapped translates after the sync of another")
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + PAGE, pages.small(2))
        .map(1, IOVA + LARGE, pages.small(3))
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .then()
        .unmap(1, IOVA)
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .sync(1)
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .read(FIRST, IOVA + LARGE)
        .succeeds()
        .end();
  }

  /** The table page serves another domain by then: a pointer to it would lead into that one. */
  @Clause("INV-009")
  private static Case unlinkedTables(Pages pages) {
    Scene scene =
        given("INV-009", "no access goes through a table that was taken out")
            .paging(2)
            .map(1, 8 * LARGE, pages.large(1), PAGE, 512, Prot.READ_WRITE)
            .read(FIRST, 8 * LARGE)
            .succeeds()
            .unmap(1, 8 * LARGE, PAGE, 512)
            .sync(1)
            .then();
    mapElsewhere(scene, pages);
    return scene
        .read(FIRST, 8 * LARGE)
        .faults()
        .map(1, 8 * LARGE + PAGE, pages.small(2))
        .read(FIRST, 8 * LARGE + PAGE)
        .succeeds()
        .read(FIRST, 8 * LARGE + 2 * PAGE)
        .faults()
        .end();
  }

  /** Asks for so many tables in domain 2 that those given back before are among them. */
  private static void mapElsewhere(Scene scene, Pages pages) {
    for (int i = 0; i < 4; i++) {
      scene.map(2, i * 16L * LARGE + 8 * LARGE, pages.large(2), PAGE, 8, Prot.READ_WRITE);
    }
  }

  @Clause("INV-010")
  private static Case waitsForItsOwn(Pages pages) {
    Scene scene = given("INV-010", "each of many syncs waits for its own invalidation");
    for (int i = 0; i < 6; i++) {
      scene.map(1, IOVA + i * LARGE, pages.small(i + 1));
      scene.read(FIRST, IOVA + i * LARGE).succeeds();
    }
    scene.then();
    for (int i = 0; i < 6; i++) {
      scene.unmap(1, IOVA + i * LARGE).sync(1).read(FIRST, IOVA + i * LARGE).faults();
    }
    return scene.end();
  }

  @Clause("INV-012")
  private static Case removedWhileDetached(Pages pages) {
    return given("INV-012", "a page removed while nobody was attached")
        .domain(2, DomainType.BLOCKED)
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .attach(FIRST, 2)
        .unmap(1, IOVA)
        .sync(1)
        .then()
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("INV-013")
  private static Case oldOrNothing(Pages pages) {
    return given("INV-013", "between unmap and sync there is the old page or nothing")
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + PAGE, pages.small(2))
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .unmap(1, IOVA)
        .read(FIRST, IOVA)
        .mayBeStale()
        .write(FIRST, IOVA)
        .mayBeStale()
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .end();
  }

  @Clause("INV-015")
  private static Case sharedGather(Pages pages) {
    return given("INV-015", "one sync ends all unmaps of its gather")
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + 3 * LARGE, pages.small(2))
        .map(1, IOVA + PAGE, pages.small(3))
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + 3 * LARGE)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .unmap(1, IOVA + PAGE)
        .unmap(1, IOVA + 3 * LARGE)
        .unmap(1, IOVA)
        .then()
        .sync(1)
        .read(FIRST, IOVA)
        .faults()
        .read(FIRST, IOVA + 3 * LARGE)
        .faults()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .end();
  }

  /** What covers both is wider than any count of pages in 32 bits. */
  @Clause("INV-015")
  private static Case wideGather(Pages pages) {
    long[] ends = {IOVA, pages.aperture() - PAGE};
    Scene scene = given("INV-015", "one sync ends unmaps at both ends of the aperture");
    for (long end : ends) {
      scene.map(1, end, pages.small(1)).read(FIRST, end).succeeds().unmap(1, end);
    }
    scene.then().sync(1);
    for (long end : ends) {
      scene.read(FIRST, end).faults();
    }
    return scene.end();
  }

  @Clause("INV-016")
  private static Case largePage(Pages pages) {
    return given("INV-016", "every offset of a removed large page faults")
        .map(1, 8 * LARGE, pages.large(1), LARGE, 1, Prot.READ_WRITE)
        .read(FIRST, 8 * LARGE)
        .succeeds()
        .read(FIRST, 8 * LARGE + 0x10_0000)
        .succeeds()
        .then()
        .unmap(1, 8 * LARGE, LARGE, 1)
        .sync(1)
        .read(FIRST, 8 * LARGE)
        .faults()
        .read(FIRST, 8 * LARGE + 0x10_0000)
        .faults()
        .read(FIRST, 9 * LARGE - 8)
        .faults()
        .end();
  }

  @Clause("INV-019")
  private static Case formerRights(Pages pages) {
    return given("INV-019", "former rights end with the sync")
        .map(1, IOVA, pages.small(1))
        .write(FIRST, IOVA)
        .succeeds()
        .unmap(1, IOVA)
        .sync(1)
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .then()
        .write(FIRST, IOVA)
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("INV-018")
  private static Case attachEndsRefusals(Pages pages) {
    return Scene.backend("INV-018", "a refusal that was cached ends with the attach")
        .paging(1)
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .faults()
        .then()
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("INV-018")
  private static Case probeEndsRefusals(Pages pages) {
    return Scene.backend("INV-018", "a refusal of a device that nobody served ends with its attach")
        .paging(1)
        .map(1, IOVA, pages.small(1))
        .attach(FIRST, 1)
        .release(FIRST)
        .read(FIRST, IOVA)
        .faults()
        .probe(FIRST)
        .then()
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }
}
