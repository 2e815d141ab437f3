package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.DirtySteps.NO_CLEAR;
import static org.iommuref.conformance.cases.iommufd.DirtySteps.asking;
import static org.iommuref.conformance.cases.iommufd.DirtySteps.dirty;
import static org.iommuref.conformance.cases.iommufd.DirtySteps.mapPages;
import static org.iommuref.conformance.cases.iommufd.DirtySteps.track;
import static org.iommuref.conformance.cases.iommufd.DirtySteps.trackable;
import static org.iommuref.conformance.cases.iommufd.DirtySteps.written;
import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.writing;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;

/** What devices have written, and how it is reported. */
final class DirtyCases implements ProgramCaseSet {

  @Override
  public List<Case> cases() {
    return List.of(
        beginsClean(),
        beginsBeforeReturn(),
        asAsked(),
        oddPageSize(),
        bits(),
        reported(),
        onlySet(),
        anyAddress(),
        holeEnds(),
        bitmapNotWritable(),
        trackingOff(),
        entryClearedWhole(),
        bitForSeveral(),
        clears(),
        writtenAgain(),
        writtenByADeviceAgain(),
        doesNotClear(),
        unmapForgets(),
        marksOfTheMockDriver());
  }

  /** Pages of which each is an entry of its own, in a page table that is tracked. */
  private static Program tracked(String clause, String name, int pages) {
    return Program.of(clause, name)
        .needs(Capability.MOCK, Capability.DIRTY_TRACKING)
        .memory(pages)
        .ioas("io")
        .device("d", "io")
        .with(trackable("h", "d", "io"))
        .with(mapPages("io", pages))
        .with(track("h", true));
  }

  @Clause("DIRTY-004")
  private static Case beginsClean() {
    return tracked("DIRTY-004", "tracking is asked for once more", 4)
        .with(written("h", 4, 0b0101))
        .then()
        .with(track("h", true))
        .with(dirty("h", 4, 0))
        .end();
  }

  @Clause("DIRTY-005")
  private static Case beginsBeforeReturn() {
    return Program.of("DIRTY-005", "a write as soon as tracking is on")
        .needs(Capability.MOCK, Capability.DIRTY_TRACKING)
        .memory(2)
        .ioas("io")
        .device("d", "io")
        .with(trackable("h", "d", "io"))
        .with(mapPages("io", 2))
        .then()
        .with(track("h", true))
        .with(written("h", 2, 0b10))
        .with(dirty("h", 2, 0b10))
        .end();
  }

  @Clause("DIRTY-007")
  private static Case asAsked() {
    return tracked("DIRTY-007", "on while on, off twice", 1)
        .then()
        .with(track("h", true))
        .with(track("h", false))
        .with(track("h", false))
        .end();
  }

  @Clause("DIRTY-015")
  private static Case oddPageSize() {
    return tracked("DIRTY-015", "three pages, taken for one", 4)
        .with(written("h", 4, 0b1001))
        .put32(ANSWER, 0)
        .then()
        .with(p -> asking(p, "h", IOVA, 4 * PAGE, ANSWER).set("page_size", 3 * PAGE).succeeds())
        .holds(ANSWER, "09000000")
        .end();
  }

  @Clause("DIRTY-018")
  private static Case bits() {
    return tracked("DIRTY-018", "the second, fourth and tenth of ten pages", 10)
        .with(written("h", 10, 0b10_0000_1010))
        .then()
        .with(dirty("h", 10, 0b10_0000_1010))
        .end();
  }

  @Clause("DIRTY-019")
  private static Case reported() {
    return tracked("DIRTY-019", "two writes before the query", 4)
        .with(written("h", 4, 0b0001))
        .with(written("h", 4, 0b0100))
        .then()
        .with(dirty("h", 4, 0b0101))
        .end();
  }

  @Clause("DIRTY-020")
  private static Case onlySet() {
    return tracked(
            "DIRTY-020", "bits that are set already, for a clean page and behind the last", 4)
        .with(written("h", 4, 0b0001))
        .put(ANSWER, "f4")
        .then()
        .with(p -> asking(p, "h", IOVA, 4 * PAGE, ANSWER).succeeds())
        .holds(ANSWER, "f5")
        .end();
  }

  @Clause("DIRTY-021")
  private static Case anyAddress() {
    return tracked("DIRTY-021", "a bitmap from the fourth byte on", 10)
        .with(written("h", 10, 0b10_0000_0001))
        .put64(ANSWER, 0)
        .then()
        .with(p -> asking(p, "h", IOVA, 10 * PAGE, ANSWER + 3).succeeds())
        .holds(ANSWER, "0000000102000000")
        .end();
  }

  @Clause("DIRTY-022")
  private static Case holeEnds() {
    return tracked("DIRTY-022", "the second of three pages is not mapped", 3)
        .unmap("io", IOVA + PAGE, PAGE)
        .with(written("h", 3, 0b101))
        .then()
        .with(dirty("h", 3, 0b001))
        .put32(ANSWER, 0)
        .with(p -> asking(p, "h", IOVA + 2 * PAGE, PAGE, ANSWER).succeeds())
        .holds(ANSWER, "01")
        .end();
  }

  @Clause("DIRTY-023")
  private static Case bitmapNotWritable() {
    long last = ANSWER + 2 * PAGE - 1;
    return tracked("DIRTY-023", "the second byte of a bitmap is not there", 10)
        .with(written("h", 10, 0b10_0000_0001))
        .then()
        .with(p -> asking(p, "h", IOVA, 10 * PAGE, last).succeeds())
        .holds(last, "01")
        .with(dirty("h", 10, 0))
        .end();
  }

  @Clause("DIRTY-024")
  private static Case trackingOff() {
    return tracked("DIRTY-024", "a query after tracking has ended", 2)
        .with(written("h", 2, 0b11))
        .with(track("h", false))
        .then()
        .with(dirty("h", 2, 0b11))
        .end();
  }

  @Clause("DIRTY-026")
  private static Case entryClearedWhole() {
    return tracked("DIRTY-026", "a query for the first half of an entry", 1)
        .with(written("h", 1, 1))
        .put32(ANSWER, 0)
        .then()
        .with(p -> asking(p, "h", IOVA, PAGE / 2, ANSWER).set("page_size", PAGE / 2).succeeds())
        .holds(ANSWER, "01")
        .with(dirty("h", 1, 0))
        .end();
  }

  @Clause("DIRTY-028")
  private static Case bitForSeveral() {
    return tracked("DIRTY-028", "a bit for two entries each", 6)
        .with(written("h", 6, 0b10_00_01))
        .put32(ANSWER, 0)
        .then()
        .with(p -> asking(p, "h", IOVA, 6 * PAGE, ANSWER).set("page_size", 2 * PAGE).succeeds())
        .holds(ANSWER, "05")
        .end();
  }

  @Clause("DIRTY-029")
  private static Case clears() {
    return tracked("DIRTY-029", "a query, another, and one after the next write", 4)
        .with(written("h", 4, 0b0110))
        .then()
        .with(dirty("h", 4, 0b0110))
        .with(dirty("h", 4, 0))
        .with(written("h", 4, 0b0100))
        .with(dirty("h", 4, 0b0100))
        .end();
  }

  @Clause("DIRTY-030")
  private static Case writtenAgain() {
    return tracked("DIRTY-030", "a page that is written, asked for, and written again", 2)
        .with(written("h", 2, 0b01))
        .then()
        .with(dirty("h", 2, 0b01))
        .with(written("h", 2, 0b01))
        .with(dirty("h", 2, 0b01))
        .with(dirty("h", 2, 0))
        .end();
  }

  @Clause("DIRTY-030")
  private static Case writtenByADeviceAgain() {
    Program program =
        Program.of("DIRTY-030", "the same by a device, whose unit may have cached the page")
            .needs(Capability.BOUND_DEVICES, Capability.DIRTY_TRACKING)
            .lacks(Capability.MOCK)
            .memory(2)
            .ioas("io")
            .device("d", "io")
            .with(trackable("h", "d", "io"))
            .replace("d", "h")
            .with(mapPages("io", 2))
            .with(track("h", true));
    writing(program, "d", IOVA, 1).succeeds().then();
    program.with(dirty("h", 2, 0b01));
    writing(program, "d", IOVA, 2).succeeds();
    program.with(dirty("h", 2, 0b01));
    writing(program, "d", IOVA + PAGE, 3).succeeds();
    return program.with(dirty("h", 2, 0b10)).end();
  }

  @Clause("DIRTY-031")
  private static Case doesNotClear() {
    return tracked("DIRTY-031", "two queries that do not clear, and one that does", 4)
        .with(written("h", 4, 0b0110))
        .then()
        .with(dirty("h", 4, NO_CLEAR, 0b0110))
        .with(dirty("h", 4, NO_CLEAR, 0b0110))
        .with(dirty("h", 4, 0b0110))
        .end();
  }

  @Clause("DIRTY-032")
  private static Case unmapForgets() {
    return tracked("DIRTY-032", "pages are unmapped and mapped again", 2)
        .with(written("h", 2, 0b11))
        .then()
        .unmap("io", IOVA, 2 * PAGE)
        .with(mapPages("io", 2))
        .with(dirty("h", 2, 0))
        .end();
  }

  @Clause("DIRTY-034")
  private static Case marksOfTheMockDriver() {
    return tracked("DIRTY-034", "three bits, one of them of a page that is not mapped", 2)
        .put32(DATA, 0b101)
        .then()
        .with(written("h", 3, 0b101))
        .with(dirty("h", 2, 0b01))
        .end();
  }
}
