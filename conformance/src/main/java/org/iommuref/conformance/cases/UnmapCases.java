package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.MapCases.given;
import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.HUGE;
import static org.iommuref.conformance.cases.Scene.LARGE;
import static org.iommuref.conformance.cases.Scene.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;

/** What an unmap removes and says, and large pages. */
final class UnmapCases implements CaseSet {

  private static final long IOVA = 0x80_4000L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        largeOffsets(pages),
        hugeOffsets(pages),
        largeRights(pages),
        bytes(pages),
        bytesOfLarge(pages),
        firstHole(pages),
        neverSplit(pages),
        largeCoversTheEnd(pages),
        nothing(),
        nothingHuge(),
        neighbouringTable(pages),
        emptiedTable(pages),
        emptiedTableByPages(pages));
  }

  @Clause("MAP-009")
  private static Case largeOffsets(Pages pages) {
    return given("MAP-009", "a 2 MiB page translates every offset")
        .then()
        .map(1, 8 * LARGE, pages.large(1), LARGE, 1, Prot.READ_WRITE)
        .read(FIRST, 8 * LARGE)
        .succeeds()
        .read(FIRST, 8 * LARGE + 0x12_3458)
        .succeeds()
        .write(FIRST, 9 * LARGE - 8)
        .succeeds()
        .read(FIRST, 9 * LARGE)
        .faults()
        .read(FIRST, 8 * LARGE - 8)
        .faults()
        .end();
  }

  @Clause("MAP-009")
  private static Case hugeOffsets(Pages pages) {
    return given("MAP-009", "a 1 GiB page translates every offset")
        .then()
        .map(1, 2 * HUGE, pages.huge(1), HUGE, 1, Prot.READ_WRITE)
        .read(FIRST, 2 * HUGE + 0x1234_5678)
        .succeeds()
        .write(FIRST, 3 * HUGE - 8)
        .succeeds()
        .read(FIRST, 3 * HUGE)
        .faults()
        .end();
  }

  @Clause("MAP-003")
  private static Case largeRights(Pages pages) {
    return given("MAP-003", "a read-only large page refuses writes")
        .map(1, 8 * LARGE, pages.large(1), LARGE, 1, Prot.READ)
        .then()
        .read(FIRST, 8 * LARGE + PAGE)
        .succeeds()
        .write(FIRST, 8 * LARGE + PAGE)
        .faults()
        .end();
  }

  @Clause("MAP-010")
  private static Case bytes(Pages pages) {
    return given("MAP-010", "an unmap returns the bytes it removed")
        .map(1, IOVA, pages.small(1), PAGE, 4, Prot.READ_WRITE)
        .then()
        .unmap(1, IOVA, PAGE, 3)
        .succeeds()
        .sync(1)
        .read(FIRST, IOVA + 2 * PAGE)
        .faults()
        .read(FIRST, IOVA + 3 * PAGE)
        .succeeds()
        .unmap(1, IOVA + 3 * PAGE, PAGE, 1)
        .succeeds()
        .end();
  }

  @Clause("MAP-010")
  private static Case bytesOfLarge(Pages pages) {
    return given("MAP-010", "an unmap of large pages returns all their bytes")
        .map(1, 8 * LARGE, pages.large(1), LARGE, 2, Prot.READ_WRITE)
        .then()
        .unmap(1, 8 * LARGE, LARGE, 2)
        .succeeds()
        .sync(1)
        .read(FIRST, 9 * LARGE)
        .faults()
        .end();
  }

  @Clause("MAP-011")
  private static Case firstHole(Pages pages) {
    return given("MAP-011", "an unmap stops at the first hole")
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + 2 * PAGE, pages.small(2))
        .then()
        .unmap(1, IOVA, PAGE, 3)
        .succeeds()
        .sync(1)
        .read(FIRST, IOVA)
        .faults()
        .read(FIRST, IOVA + 2 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-012")
  private static Case neverSplit(Pages pages) {
    return given("MAP-012", "an unmap that starts inside a large page leaves it")
        .map(1, 8 * LARGE, pages.large(1), LARGE, 1, Prot.READ_WRITE)
        .then()
        .unmap(1, 8 * LARGE + PAGE, PAGE, 4)
        .succeeds()
        .sync(1)
        .read(FIRST, 8 * LARGE + PAGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-012")
  private static Case largeCoversTheEnd(Pages pages) {
    return given("MAP-012", "an unmap that meets a large page takes all of it")
        .map(1, 8 * LARGE, pages.large(1), LARGE, 1, Prot.READ_WRITE)
        .then()
        .unmap(1, 8 * LARGE, PAGE, 1)
        .succeeds()
        .sync(1)
        .read(FIRST, 8 * LARGE)
        .faults()
        .read(FIRST, 9 * LARGE - 8)
        .faults()
        .end();
  }

  @Clause("MAP-023")
  private static Case nothing() {
    return given("MAP-023", "an unmap of nothing removes nothing")
        .then()
        .unmap(1, IOVA, PAGE, 1)
        .succeeds()
        .end();
  }

  @Clause("MAP-023")
  private static Case nothingHuge() {
    return given("MAP-023", "an unmap of a 1 GiB page where nothing is mapped removes nothing")
        .then()
        .unmap(1, 64 * HUGE, HUGE, 1)
        .succeeds()
        .end();
  }

  @Clause("MAP-019")
  private static Case neighbouringTable(Pages pages) {
    return given("MAP-019", "what the next table maps stays")
        .map(1, 8 * LARGE, pages.large(1), PAGE, 512, Prot.READ_WRITE)
        .map(1, 9 * LARGE, pages.small(1))
        .map(1, 7 * LARGE, pages.small(2))
        .then()
        .unmap(1, 8 * LARGE, PAGE, 512)
        .sync(1)
        .read(FIRST, 9 * LARGE)
        .succeeds()
        .read(FIRST, 7 * LARGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-017")
  private static Case emptiedTable(Pages pages) {
    return given("MAP-017", "a large page over a table that was taken out")
        .map(1, 8 * LARGE, pages.small(1), PAGE, 512, Prot.READ_WRITE)
        .read(FIRST, 8 * LARGE)
        .succeeds()
        .unmap(1, 8 * LARGE, PAGE, 512)
        .sync(1)
        .then()
        .map(1, 8 * LARGE, pages.large(2), LARGE, 1, Prot.READ_WRITE)
        .read(FIRST, 8 * LARGE)
        .succeeds()
        .read(FIRST, 8 * LARGE + 5 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-017")
  private static Case emptiedTableByPages(Pages pages) {
    return given("MAP-017", "a large page over a table that was emptied page by page")
        .map(1, 8 * LARGE, pages.small(1))
        .map(1, 8 * LARGE + PAGE, pages.small(2))
        .read(FIRST, 8 * LARGE)
        .succeeds()
        .unmap(1, 8 * LARGE)
        .unmap(1, 8 * LARGE + PAGE)
        .sync(1)
        .then()
        .map(1, 8 * LARGE, pages.large(2), LARGE, 1, Prot.READ_WRITE)
        .read(FIRST, 8 * LARGE + PAGE)
        .succeeds()
        .read(FIRST, 8 * LARGE)
        .succeeds()
        .end();
  }
}
