package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.FIXED;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED_IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.IOMMU;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** Mappings of files: IOAS_MAP_FILE. */
final class IoasFileCases implements ProgramCaseSet {

  private static final long TOO_LARGE = -1L;
  private static final long NOT_OPEN = 900;

  @Override
  public List<Case> cases() {
    return List.of(
        flags(),
        tooLarge(),
        withoutRights(),
        noIoas(),
        noLength(),
        endOfPart(),
        notOpen(),
        tooLong(),
        order(),
        anyFile(),
        noMemory(),
        beyondTheEnd(),
        holes(),
        sealed(),
        keptOpen());
  }

  /** A file of four pages and an IOAS. */
  private static Program given(String clause, String name) {
    return Program.of(clause, name).file("f", 4 * PAGE).ioas("a");
  }

  @Clause("IOAS-064")
  private static Case flags() {
    return given("IOAS-064", "a flag that is unknown")
        .then()
        .mappingFile("a", IOVA, "f", 0, PAGE)
        .set("flags", FIXED | 8)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("IOAS-065")
  private static Case tooLarge() {
    return given("IOAS-065", "an IOVA, also one that is not used, and a length of 2^64-1")
        .then()
        .mappingFile("a", TOO_LARGE, "f", 0, PAGE)
        .fails(Errno.EOVERFLOW)
        .mappingFile("a", TOO_LARGE, "f", 0, PAGE)
        .set("flags", FIXED & ~FIXED_IOVA)
        .fails(Errno.EOVERFLOW)
        .mappingFile("a", 0, "f", 0, TOO_LARGE)
        .fails(Errno.EOVERFLOW)
        .end();
  }

  @Clause("IOAS-066")
  private static Case withoutRights() {
    return given("IOAS-066", "neither READABLE nor WRITEABLE")
        .then()
        .mappingFile("a", IOVA, "f", 0, PAGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-067")
  private static Case noIoas() {
    return given("IOAS-067", "an id that was destroyed")
        .destroy("a")
        .then()
        .mappingFile("a", IOVA, "f", 0, PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-068")
  private static Case noLength() {
    return given("IOAS-068", "nothing from the beginning and from inside")
        .then()
        .mappingFile("a", IOVA, "f", 0, 0)
        .fails(Errno.EINVAL)
        .mappingFile("a", IOVA, "f", PAGE, 0)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-069")
  private static Case endOfPart() {
    return given("IOAS-069", "a part that passes 2^64 by a page, and one that ends there")
        .then()
        .mappingFile("a", IOVA, "f", -PAGE, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .mappingFile("a", IOVA, "f", -PAGE, PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-070")
  private static Case notOpen() {
    return given("IOAS-070", "a number far above, and a file that was closed")
        .then()
        .mappingFile("a", IOVA, "f", 0, PAGE)
        .set("fd", NOT_OPEN)
        .fails(Errno.EBADF)
        .close("f")
        .mappingFile("a", IOVA, "f", 0, PAGE)
        .fails(Errno.EBADF)
        .end();
  }

  @Clause("IOAS-071")
  private static Case tooLong() {
    return given("IOAS-071", "all but a page of the space")
        .then()
        .mappingFile("a", 0, "f", 0, -PAGE)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-073")
  private static Case order() {
    return given("IOAS-073", "calls that are wrong in two places each")
        .mappingFile("a", 0, "f", 0, PAGE)
        .succeeds()
        .ioas("gone")
        .destroy("gone")
        .then()
        .mappingFile("a", TOO_LARGE, "f", 0, PAGE)
        .set("flags", FIXED | 8)
        .fails(Errno.EOPNOTSUPP)
        .mappingFile("a", 0, "f", 0, TOO_LARGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EOVERFLOW)
        .mappingFile("gone", IOVA, "f", 0, PAGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EINVAL)
        .mappingFile("gone", IOVA, "f", 0, 0)
        .fails(Errno.ENOENT)
        .mappingFile("a", IOVA, "f", PAGE, 0)
        .fails(Errno.EINVAL)
        .mappingFile("a", IOVA, "f", -PAGE, 2 * PAGE)
        .set("fd", NOT_OPEN)
        .fails(Errno.EOVERFLOW)
        .mappingFile("a", 0, "f", 0, -PAGE)
        .set("fd", NOT_OPEN)
        .fails(Errno.EBADF)
        .mappingFile("a", 0, "f", 0, -PAGE)
        .fails(Errno.EINVAL)
        .mappingFile("a", 0, "f", 8 * PAGE, PAGE)
        .fails(Errno.EEXIST)
        .end();
  }

  @Clause("IOAS-074")
  private static Case anyFile() {
    return given("IOAS-074", "the file of iommufd itself, and more than a file has")
        .then()
        .mappingFile("a", IOVA, IOMMU, 0, PAGE)
        .succeeds()
        .mappingFile("a", 2 * IOVA, "f", 2 * PAGE, 8 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-075")
  private static Case noMemory() {
    return given("IOAS-075", "the file of iommufd itself, before and after")
        .device("d", "a")
        .then()
        .mappingFile("a", IOVA, IOMMU, 0, PAGE)
        .fails(Errno.EINVAL)
        .ioas("b")
        .mappingFile("b", IOVA, IOMMU, 0, PAGE)
        .succeeds()
        .binding("e", "b")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-076")
  private static Case beyondTheEnd() {
    return given("IOAS-076", "a page more than the file has, and a page of which it has a part")
        .file("part", PAGE + PAGE / 2)
        .device("d", "a")
        .then()
        .mappingFile("a", IOVA, "f", 3 * PAGE, 2 * PAGE)
        .fails(Errno.EINVAL)
        .mappingFile("a", IOVA, "part", PAGE, PAGE)
        .fails(Errno.EINVAL)
        .mappingFile("a", IOVA, "f", 3 * PAGE, PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-077")
  private static Case holes() {
    return given("IOAS-077", "the file has, when it is mapped into memory, what devices have")
        .device("d", "a")
        .then()
        .mappingFile("a", IOVA, "f", PAGE, 2 * PAGE)
        .succeeds()
        .add(new ProgramCall.MapFile(ProgramCall.MAIN, "f", MEMORY, 4 * PAGE, Expect.SUCCESS))
        .mapsTo("d.hwpt", IOVA, MEMORY + PAGE, 2 * PAGE)
        .end();
  }

  @Clause("IOAS-078")
  private static Case sealed() {
    return Program.of("IOAS-078", "a file that nobody can write, for devices that write")
        .ioas("a")
        .device("dev", "a")
        .sealedFile("file", 2 * PAGE)
        .then()
        .mappingFile("a", IOVA, "file", 0, 2 * PAGE)
        .succeeds()
        .accounts(2, 0)
        .unmap("a", IOVA, 2 * PAGE)
        .end();
  }

  @Clause("IOAS-079")
  private static Case keptOpen() {
    return given("IOAS-079", "a page table comes when the only descriptor is closed")
        .mappingFile("a", IOVA, "f", 0, 2 * PAGE)
        .succeeds()
        .then()
        .close("f")
        .device("d", "a")
        .hwpt("h", "d", "a")
        .unmapping("a", IOVA, 2 * PAGE)
        .gives("length", 2 * PAGE)
        .succeeds()
        .end();
  }
}
