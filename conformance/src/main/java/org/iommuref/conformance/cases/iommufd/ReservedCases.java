package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Addresses of an IOAS that are reserved, by the test interface and by page tables. */
final class ReservedCases implements ProgramCaseSet {

  private static final long NO_ID = 0x7fff_0000;

  /** Above what any unit translates. */
  private static final long HIGH = 1L << 60;

  private static final long LAST = -1;

  @Override
  public List<Case> cases() {
    return List.of(meetsMapping(), meetsAllowed(), overlap(), seen(), byTheTestInterface());
  }

  private static Ioctl reserving(Program program, String ioas, long start, long length) {
    return program
        .ioctl("IOMMU_TEST_OP_ADD_RESERVED")
        .id("id", ioas)
        .set("start", start)
        .set("length", length);
  }

  private static Program fails(Program program, long start, long length, Errno errno) {
    return program
        .ioctl("IOMMU_TEST_OP_ADD_RESERVED")
        .set("id", NO_ID)
        .set("start", start)
        .set("length", length)
        .fails(errno);
  }

  @Clause("RSV-001")
  private static Case meetsMapping() {
    return Program.of("RSV-001", "a page that is mapped, and the page behind it")
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .then()
        .with(program -> reserving(program, "a", IOVA, PAGE).fails(Errno.EADDRINUSE))
        .with(program -> reserving(program, "a", 0, IOVA + 1).fails(Errno.EADDRINUSE))
        .with(program -> reserving(program, "a", IOVA + PAGE, PAGE).succeeds())
        .end();
  }

  @Clause("RSV-001")
  private static Case meetsAllowed() {
    return Program.of("RSV-001", "a range that was allowed, and what lies below it")
        .put64(DATA, IOVA, IOVA + PAGE - 1)
        .ioas("a")
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .set("num_iovas", 1)
        .set("allowed_iovas", DATA)
        .succeeds()
        .then()
        .with(program -> reserving(program, "a", IOVA, PAGE).fails(Errno.EADDRINUSE))
        .with(program -> reserving(program, "a", IOVA - PAGE, PAGE).succeeds())
        .end();
  }

  @Clause("RSV-002")
  private static Case overlap() {
    return Program.of("RSV-002", "two that overlap, under the end of what a page table can hold")
        .memory(1)
        .ioas("a")
        .then()
        .with(program -> reserving(program, "a", HIGH, 2 * PAGE).succeeds())
        .with(program -> reserving(program, "a", HIGH + PAGE, 2 * PAGE).succeeds())
        .device("d", "a")
        .detach("d", 0)
        .ranges("a", 0, HIGH - 1, HIGH + 3 * PAGE, LAST)
        .end();
  }

  @Clause("RSV-006")
  private static Case seen() {
    return Program.of("RSV-006", "a page between two ranges")
        .ioas("a")
        .ranges("a", 0, LAST)
        .then()
        .with(program -> reserving(program, "a", IOVA, PAGE).succeeds())
        .ranges("a", 0, IOVA - 1, IOVA + PAGE, LAST)
        .end();
  }

  @Clause("RSV-007")
  private static Case byTheTestInterface() {
    return Program.of("RSV-007", "no length, a range that passes the end, and no IOAS")
        .ioas("a")
        .then()
        .with(program -> fails(program, IOVA, 0, Errno.EINVAL))
        .with(program -> fails(program, LAST, 2, Errno.EOVERFLOW))
        .with(program -> fails(program, IOVA, PAGE, Errno.ENOENT))
        .with(program -> reserving(program, "a", IOVA, PAGE).succeeds())
        .ranges("a", 0, IOVA - 1, IOVA + PAGE, LAST)
        .destroy("a")
        .end();
  }
}
