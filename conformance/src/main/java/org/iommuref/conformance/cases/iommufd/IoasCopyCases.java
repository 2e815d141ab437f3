package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.plainAccess;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED_IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Program.READABLE;
import static org.iommuref.conformance.cases.iommufd.Program.WRITEABLE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Copies of mappings: IOAS_COPY. */
final class IoasCopyCases implements ProgramCaseSet {

  private static final long TOO_LARGE = -1L;

  @Override
  public List<Case> cases() {
    return List.of(
        flags(),
        tooLarge(),
        withoutRights(),
        noSource(),
        noLength(),
        endOfSource(),
        gaps(),
        noDestination(),
        rightToWrite(),
        order(),
        orderBeforeTables(),
        part(),
        pieces(),
        alignedPieces(),
        halfPages(),
        sharedMemory(),
        outlivesItsSource(),
        withinOne(),
        rights());
  }

  /** An IOAS {@code a} with four pages mapped and an empty one {@code b}. */
  private static Program given(String clause, String name) {
    return Program.of(clause, name).memory(4).ioas("a").map("a", IOVA, 4).ioas("b");
  }

  @Clause("IOAS-091")
  private static Case flags() {
    return given("IOAS-091", "a flag that is unknown")
        .then()
        .copying("a", IOVA, "b", IOVA, PAGE)
        .set("flags", FIXED | 8)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("IOAS-092")
  private static Case tooLarge() {
    return given("IOAS-092", "a length, a source and a destination of 2^64-1")
        .then()
        .copying("a", 0, "b", IOVA, TOO_LARGE)
        .fails(Errno.EOVERFLOW)
        .copying("a", TOO_LARGE, "b", IOVA, PAGE)
        .fails(Errno.EOVERFLOW)
        .copying("a", TOO_LARGE, "b", IOVA, 1)
        .fails(Errno.EOVERFLOW)
        .copying("a", IOVA, "b", TOO_LARGE, PAGE)
        .fails(Errno.EOVERFLOW)
        .copying("a", IOVA, "b", TOO_LARGE, PAGE)
        .set("flags", WRITEABLE | READABLE)
        .fails(Errno.EOVERFLOW)
        .end();
  }

  @Clause("IOAS-093")
  private static Case withoutRights() {
    return given("IOAS-093", "neither READABLE nor WRITEABLE")
        .then()
        .copying("a", IOVA, "b", IOVA, PAGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-094")
  private static Case noSource() {
    return given("IOAS-094", "from an id that was destroyed")
        .destroy("a")
        .then()
        .copying("a", IOVA, "b", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-095")
  private static Case noLength() {
    return given("IOAS-095", "nothing from what is mapped, from what is not, and from 0")
        .then()
        .copying("a", IOVA, "b", IOVA, 0)
        .fails(Errno.EINVAL)
        .copying("a", 2 * IOVA, "b", IOVA, 0)
        .fails(Errno.EINVAL)
        .copying("a", 0, "b", IOVA, 0)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-096")
  private static Case endOfSource() {
    return given("IOAS-096", "a source that passes the end by a page, and one that ends there")
        .map("a", -PAGE, 1)
        .then()
        .copying("a", -PAGE, "b", IOVA, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .copying("b", -PAGE, "b", IOVA, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .copying("a", -PAGE, "b", IOVA, PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-097")
  private static Case gaps() {
    return given("IOAS-097", "a page short of a mapping, a page beyond it, and a hole")
        .map("a", IOVA + 5 * PAGE, 1)
        .then()
        .copying("a", IOVA - PAGE, "b", IOVA, 2 * PAGE)
        .fails(Errno.ENOENT)
        .copying("a", IOVA + 3 * PAGE, "b", IOVA, 2 * PAGE)
        .fails(Errno.ENOENT)
        .copying("a", IOVA + 3 * PAGE, "b", IOVA, 3 * PAGE)
        .fails(Errno.ENOENT)
        .copying("a", 2 * IOVA, "b", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-098")
  private static Case noDestination() {
    return given("IOAS-098", "to an id that was destroyed")
        .destroy("b")
        .then()
        .copying("a", IOVA, "b", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-099")
  private static Case rightToWrite() {
    return given("IOAS-099", "from memory that was mapped for reading alone")
        .mapping("a", 2 * IOVA, MEMORY, PAGE)
        .set("flags", FIXED_IOVA | READABLE)
        .succeeds()
        .then()
        .copying("a", 2 * IOVA, "b", IOVA, PAGE)
        .fails(Errno.EPERM)
        .copying("a", 2 * IOVA, "b", IOVA, PAGE)
        .set("flags", FIXED_IOVA | WRITEABLE)
        .fails(Errno.EPERM)
        .copying("a", 2 * IOVA, "b", IOVA, PAGE)
        .set("flags", FIXED_IOVA | READABLE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-100")
  private static Case order() {
    return given("IOAS-100", "calls that are wrong in two places each")
        .withoutLargePages("b")
        .map("b", IOVA, 1)
        .mapping("a", 2 * IOVA, MEMORY + 1, PAGE)
        .set("flags", FIXED_IOVA | READABLE)
        .succeeds()
        .ioas("gone")
        .destroy("gone")
        .then()
        .copying("a", IOVA, "b", IOVA, TOO_LARGE)
        .set("flags", FIXED | 8)
        .fails(Errno.EOPNOTSUPP)
        .copying("a", IOVA, "b", TOO_LARGE, PAGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EOVERFLOW)
        .copying("gone", IOVA, "b", IOVA, PAGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EINVAL)
        .copying("gone", IOVA, "b", IOVA, 0)
        .fails(Errno.ENOENT)
        .copying("a", IOVA, "b", IOVA, 0)
        .fails(Errno.EINVAL)
        .copying("a", -PAGE, "gone", IOVA, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .copying("a", IOVA, "gone", IOVA + 1, PAGE)
        .fails(Errno.ENOENT)
        .copying("a", 2 * IOVA, "b", IOVA, PAGE)
        .fails(Errno.EEXIST)
        .copying("a", 2 * IOVA, "b", 2 * IOVA, PAGE)
        .fails(Errno.EPERM)
        .copying("a", 2 * IOVA, "b", 2 * IOVA, PAGE)
        .set("flags", FIXED_IOVA | READABLE)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-100")
  private static Case orderBeforeTables() {
    return Program.of("IOAS-100", "memory that is not there, with an offset that does not fit")
        .ioas("a")
        .map("a", IOVA, NOWHERE + 1, PAGE)
        .map("a", 2 * IOVA, NOWHERE, PAGE)
        .ioas("b")
        .device("d", "b")
        .then()
        .copying("a", IOVA, "b", IOVA, PAGE)
        .fails(Errno.EINVAL)
        .copying("a", 2 * IOVA, "b", IOVA, PAGE)
        .fails(Errno.EFAULT)
        .end();
  }

  @Clause("IOAS-101")
  private static Case part() {
    return given("IOAS-101", "two pages of four, and the last of four with one behind it")
        .mapping("a", IOVA + 4 * PAGE, MEMORY, PAGE)
        .succeeds()
        .device("d", "b")
        .then()
        .copying("a", IOVA + PAGE, "b", 2 * IOVA, 2 * PAGE)
        .succeeds()
        .mapsTo("d.hwpt", 2 * IOVA, MEMORY + PAGE, 2 * PAGE)
        .copying("a", IOVA + 3 * PAGE, "b", 3 * IOVA, 2 * PAGE)
        .succeeds()
        .mapsTo("d.hwpt", 3 * IOVA, MEMORY + 3 * PAGE, PAGE)
        .mapsTo("d.hwpt", 3 * IOVA + PAGE, MEMORY, PAGE)
        .end();
  }

  @Clause("IOAS-102")
  private static Case pieces() {
    return given("IOAS-102", "the last two pages of four with one behind them: two pieces")
        .mapping("a", IOVA + 4 * PAGE, MEMORY, PAGE)
        .succeeds()
        .then()
        .copying("a", IOVA + 2 * PAGE, "b", IOVA, 3 * PAGE)
        .succeeds()
        .unmapping("b", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .unmap("b", IOVA, 2 * PAGE)
        .unmap("b", IOVA + 2 * PAGE, PAGE)
        .end();
  }

  @Clause("IOAS-103")
  private static Case alignedPieces() {
    return Program.of("IOAS-103", "two halves of a page to an alignment of a page")
        .memory(1)
        .ioas("a")
        .map("a", IOVA, MEMORY, PAGE / 2)
        .map("a", IOVA + PAGE / 2, MEMORY + PAGE / 2, PAGE / 2)
        .ioas("b")
        .withoutLargePages("b")
        .then()
        .copying("a", IOVA, "b", IOVA, PAGE)
        .fails(Errno.EINVAL)
        .end();
  }

  /** The second half page begins at the beginning of its page of memory, not of the IOVAs. */
  @Clause("IOAS-103")
  private static Case halfPages() {
    return Program.of("IOAS-103", "two half pages of memory, each from the beginning of its page")
        .memory(2)
        .ioas("a")
        .map("a", IOVA, MEMORY, PAGE / 2)
        .map("a", IOVA + PAGE / 2, MEMORY + PAGE, PAGE / 2)
        .ioas("b")
        .withoutLargePages("b")
        .then()
        .copying("a", IOVA, "b", IOVA, PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-104")
  private static Case sharedMemory() {
    return Program.of("IOAS-104", "one page in two IOASs of two devices, by one who is charged")
        .memory(1)
        .become(1000)
        .ioas("a")
        .device("d", "a")
        .ioas("b")
        .device("e", "b")
        .map("a", IOVA, 1)
        .then()
        .copying("a", IOVA, "b", 2 * IOVA, PAGE)
        .succeeds()
        .pins(MEMORY, PAGE, 1)
        .accounts(1, 0)
        .mapsTo("e.hwpt", 2 * IOVA, MEMORY, PAGE)
        .end();
  }

  @Clause("IOAS-105")
  private static Case outlivesItsSource() {
    return given("IOAS-105", "a page whose source, and its IOAS, are gone")
        .device("d", "b")
        .then()
        .copying("a", IOVA, "b", 2 * IOVA, 4 * PAGE)
        .succeeds()
        .unmap("a", IOVA, 4 * PAGE)
        .destroy("a")
        .mapsTo("d.hwpt", 2 * IOVA, MEMORY, 4 * PAGE)
        .pins(MEMORY, 4 * PAGE, 1)
        .unmap("b", 2 * IOVA, 4 * PAGE)
        .pins(MEMORY, 4 * PAGE, 0)
        .end();
  }

  @Clause("IOAS-106")
  private static Case withinOne() {
    return given("IOAS-106", "an alias of four pages")
        .device("d", "a")
        .then()
        .copying("a", IOVA, "a", 2 * IOVA, 4 * PAGE)
        .succeeds()
        .mapsTo("d.hwpt", IOVA, MEMORY, 4 * PAGE)
        .mapsTo("d.hwpt", 2 * IOVA, MEMORY, 4 * PAGE)
        .end();
  }

  @Clause("IOAS-107")
  private static Case rights() {
    return given("IOAS-107", "more to read and less to write than the source, seen by an access")
        .mapping("a", 2 * IOVA, MEMORY, PAGE)
        .set("flags", FIXED_IOVA | WRITEABLE)
        .succeeds()
        .with(plainAccess("x", "b"))
        .then()
        .copying("a", 2 * IOVA, "b", 2 * IOVA, PAGE)
        .set("flags", FIXED_IOVA | READABLE)
        .succeeds()
        .moving("x", 2 * IOVA, 8, 0)
        .succeeds()
        .moving("x", 2 * IOVA, 8, 1)
        .fails(Errno.EPERM)
        .end();
  }
}
