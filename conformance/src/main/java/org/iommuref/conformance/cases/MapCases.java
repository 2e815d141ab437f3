package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.HUGE;
import static org.iommuref.conformance.cases.Scene.LARGE;
import static org.iommuref.conformance.cases.Scene.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;

/** Small pages: where they lead, what they let through, what a map refuses. */
final class MapCases implements CaseSet {

  private static final long IOVA = 0x80_4000L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        pageAndOffset(pages),
        everyIndexOfTheWalk(pages),
        neighbours(pages),
        readOnly(pages),
        writable(pages),
        writeOnly(pages),
        occupied(pages),
        occupiedLater(pages),
        visibleAfterSync(pages),
        withoutRights(pages),
        beyondTheAperture(pages),
        atomics(pages),
        restStays(pages),
        mappedAnew(pages),
        mappedTwice(pages),
        physicalTooWide(),
        lastPage(pages),
        zeroLengthReads(pages),
        zeroLengthReadOfWriteOnlyPage(pages));
  }

  static Scene given(String clause, String name) {
    return Scene.backend(clause, name).paging(1).attach(FIRST, 1);
  }

  @Clause("MAP-001")
  private static Case pageAndOffset(Pages pages) {
    return given("MAP-001", "a page translates to its page and offset")
        .then()
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + 0xff8)
        .succeeds()
        .write(FIRST, IOVA + 0x240)
        .succeeds()
        .end();
  }

  /** Each address differs from the first in one index of a walk by nine bits a level. */
  @Clause("MAP-001")
  private static Case everyIndexOfTheWalk(Pages pages) {
    Scene scene = given("MAP-001", "each index of the walk counts").then();
    long[] iovas = {0, PAGE, PAGE << 8, LARGE, LARGE << 8, HUGE, HUGE << 7};
    for (int i = 0; i < iovas.length; i++) {
      scene.map(1, iovas[i], pages.small(i + 1));
    }
    for (long iova : iovas) {
      scene.read(FIRST, iova + 0x100).succeeds();
    }
    return scene.end();
  }

  @Clause("MAP-002")
  private static Case neighbours(Pages pages) {
    return given("MAP-002", "the pages beside a mapped one fault")
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .read(FIRST, IOVA - 8)
        .faults()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .write(FIRST, IOVA + LARGE)
        .faults()
        .read(FIRST, IOVA + HUGE)
        .faults()
        .end();
  }

  @Clause("MAP-003")
  private static Case readOnly(Pages pages) {
    return given("MAP-003", "a read-only page refuses writes")
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .then()
        .read(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA)
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("MAP-004")
  private static Case writable(Pages pages) {
    return given("MAP-004", "a writable page takes writes")
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + PAGE, pages.small(2), PAGE, 1, Prot.READ)
        .then()
        .write(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA + 0xff8)
        .succeeds()
        .end();
  }

  @Clause("MAP-005")
  private static Case writeOnly(Pages pages) {
    return given("MAP-005", "a write-only page refuses reads")
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.WRITE)
        .then()
        .write(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("MAP-006")
  private static Case occupied(Pages pages) {
    return given("MAP-006", "a mapping is never replaced in place")
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .then()
        .mapFails(1, IOVA, pages.small(2), PAGE, 1, Prot.READ_WRITE)
        .read(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA)
        .faults()
        .mapFails(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .end();
  }

  @Clause("MAP-006")
  private static Case occupiedLater(Pages pages) {
    return given("MAP-006", "a map that meets a mapping on its way says how far it came")
        .map(1, IOVA + 2 * PAGE, pages.small(1))
        .then()
        .mapFails(1, IOVA, pages.small(3), PAGE, 4, Prot.READ_WRITE)
        .read(FIRST, IOVA + 2 * PAGE)
        .succeeds()
        .read(FIRST, IOVA + 3 * PAGE)
        .faults()
        .end();
  }

  @Clause("MAP-014")
  private static Case visibleAfterSync(Pages pages) {
    return given("MAP-014", "a new mapping is seen, whatever was cached of its absence")
        .read(FIRST, IOVA)
        .faults()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .then()
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .map(1, IOVA + PAGE, pages.small(2))
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-015")
  private static Case withoutRights(Pages pages) {
    return given("MAP-015", "a mapping without rights is refused")
        .then()
        .mapFails(1, IOVA, pages.small(1), PAGE, 1, Prot.NONE)
        .read(FIRST, IOVA)
        .faults()
        .map(1, IOVA, pages.small(2))
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("MAP-016")
  private static Case beyondTheAperture(Pages pages) {
    return given("MAP-016", "an IOVA beyond the aperture is refused")
        .then()
        .mapFails(1, pages.aperture(), pages.small(1), PAGE, 1, Prot.READ_WRITE)
        .mapFails(1, pages.aperture() - PAGE, pages.small(1), PAGE, 2, Prot.READ_WRITE)
        .mapFails(1, 1L << 57, pages.small(1), PAGE, 1, Prot.READ_WRITE)
        .mapFails(1, -PAGE, pages.small(1), PAGE, 1, Prot.READ_WRITE)
        .read(FIRST, 0)
        .faults()
        .end();
  }

  @Clause("MAP-018")
  private static Case atomics(Pages pages) {
    return given("MAP-018", "an atomic access needs both rights")
        .needs(Capability.STIMULUS_ATOMIC)
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + PAGE, pages.small(2), PAGE, 1, Prot.READ)
        .map(1, IOVA + 2 * PAGE, pages.small(3), PAGE, 1, Prot.WRITE)
        .then()
        .access(FIRST, AccessKind.ATOMIC, IOVA)
        .succeeds()
        .access(FIRST, AccessKind.ATOMIC, IOVA + PAGE)
        .faults()
        .access(FIRST, AccessKind.ATOMIC, IOVA + 2 * PAGE)
        .faults()
        .end();
  }

  @Clause("MAP-019")
  private static Case restStays(Pages pages) {
    return given("MAP-019", "pages beside an unmapped one stay")
        .map(1, IOVA, pages.small(1), PAGE, 3, Prot.READ_WRITE)
        .then()
        .unmap(1, IOVA + PAGE)
        .sync(1)
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + 2 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-020")
  private static Case mappedAnew(Pages pages) {
    return given("MAP-020", "a page mapped anew translates anew")
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .unmap(1, IOVA)
        .sync(1)
        .then()
        .map(1, IOVA, pages.small(2))
        .read(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA + 0x10)
        .succeeds()
        .end();
  }

  @Clause("MAP-021")
  private static Case mappedTwice(Pages pages) {
    return given("MAP-021", "one page at two addresses")
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + LARGE, pages.small(1))
        .then()
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + LARGE)
        .succeeds()
        .unmap(1, IOVA)
        .sync(1)
        .read(FIRST, IOVA + LARGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-024")
  private static Case physicalTooWide() {
    return given("MAP-024", "a physical address too wide is refused")
        .then()
        .mapFails(1, IOVA, 1L << 52, PAGE, 1, Prot.READ_WRITE)
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("MAP-027")
  private static Case lastPage(Pages pages) {
    long last = pages.aperture() - PAGE;
    return given("MAP-027", "the last page of the aperture can be used")
        .then()
        .map(1, last, pages.small(1))
        .read(FIRST, last)
        .succeeds()
        .write(FIRST, last + 0xff8)
        .succeeds()
        .end();
  }

  @Clause("MAP-001")
  private static Case zeroLengthReads(Pages pages) {
    return given("MAP-001", "a zero-length read of a mapped page succeeds")
        .needs(Capability.STIMULUS_ZERO_LENGTH_READ)
        .map(1, IOVA, pages.small(1))
        .then()
        .access(FIRST, AccessKind.ZERO_LENGTH_READ, IOVA)
        .succeeds()
        .access(FIRST, AccessKind.ZERO_LENGTH_READ, IOVA + PAGE)
        .faults()
        .end();
  }

  @Clause("MAP-030")
  private static Case zeroLengthReadOfWriteOnlyPage(Pages pages) {
    return given("MAP-030", "a zero-length read of a write-only page succeeds")
        .needs(Capability.STIMULUS_ZERO_LENGTH_READ)
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.WRITE)
        .then()
        .access(FIRST, AccessKind.ZERO_LENGTH_READ, IOVA)
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }
}
