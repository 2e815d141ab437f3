package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** The ranges from which IOVAs are chosen: IOAS_ALLOW_IOVAS. */
final class IoasAllowCases implements ProgramCaseSet {

  private static final long LAST_OF_PAGE = NOWHERE + PAGE;

  @Override
  public List<Case> cases() {
    return List.of(
        reservedField(),
        noIoas(),
        unreadable(),
        emptyOrSingle(),
        overlap(),
        oneByOne(),
        reserved(),
        reservedAfterReading(),
        replaced(),
        failedLeavesOld(),
        mappingsStay());
  }

  @Clause("IOAS-012")
  private static Case reservedField() {
    return Program.of("IOAS-012", "the reserved field is set, with and without an IOAS")
        .ioas("a")
        .then()
        .allowing("a", IOVA, 2 * IOVA)
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("IOAS-013")
  private static Case noIoas() {
    return Program.of("IOAS-013", "an id that was destroyed")
        .ioas("a")
        .destroy("a")
        .then()
        .allowing("a", IOVA, 2 * IOVA)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-014")
  private static Case unreadable() {
    return Program.of("IOAS-014", "an array that runs out of the memory that is mapped")
        .mapMemory(NOWHERE, 1)
        .put64(LAST_OF_PAGE - 16, IOVA, 2 * IOVA)
        .ioas("a")
        .then()
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .set("num_iovas", 2)
        .set("allowed_iovas", LAST_OF_PAGE - 16)
        .fails(Errno.EFAULT)
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .set("num_iovas", 1)
        .set("allowed_iovas", LAST_OF_PAGE - 16)
        .succeeds()
        .end();
  }

  @Clause("IOAS-015")
  private static Case emptyOrSingle() {
    return Program.of("IOAS-015", "a range that is reversed, of one byte, and of two")
        .ioas("a")
        .then()
        .allowing("a", 2 * IOVA, IOVA)
        .fails(Errno.EINVAL)
        .allowing("a", IOVA, IOVA)
        .fails(Errno.EINVAL)
        .allowing("a", IOVA, IOVA + 1)
        .succeeds()
        .end();
  }

  @Clause("IOAS-016")
  private static Case overlap() {
    return Program.of("IOAS-016", "ranges that share a byte, contain one another, and touch")
        .ioas("a")
        .then()
        .allowing("a", IOVA, 2 * IOVA, 2 * IOVA, 3 * IOVA)
        .fails(Errno.EINVAL)
        .allowing("a", 2 * IOVA, 3 * IOVA, IOVA, 4 * IOVA)
        .fails(Errno.EINVAL)
        .allowing("a", 2 * IOVA, 3 * IOVA, IOVA, 2 * IOVA - 1)
        .succeeds()
        .end();
  }

  @Clause("IOAS-017")
  private static Case oneByOne() {
    return Program.of("IOAS-017", "a reversed range before the memory ends")
        .mapMemory(NOWHERE, 1)
        .put64(LAST_OF_PAGE - 16, 2 * IOVA, IOVA)
        .ioas("a")
        .then()
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .set("num_iovas", 2)
        .set("allowed_iovas", LAST_OF_PAGE - 16)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-018")
  private static Case reserved() {
    return Program.of("IOAS-018", "a range whose last byte is reserved, and one before that")
        .ioas("a")
        .reserve("a", 3 * IOVA, PAGE)
        .then()
        .allowing("a", IOVA, 2 * IOVA - 1, 2 * IOVA, 3 * IOVA)
        .fails(Errno.EADDRINUSE)
        .allowing("a", IOVA, 2 * IOVA - 1, 2 * IOVA, 3 * IOVA - 1)
        .succeeds()
        .end();
  }

  @Clause("IOAS-018")
  private static Case reservedAfterReading() {
    return Program.of("IOAS-018", "a reserved range before one that is reversed")
        .ioas("a")
        .reserve("a", IOVA, PAGE)
        .then()
        .allowing("a", IOVA, 2 * IOVA, 4 * IOVA, 3 * IOVA)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-019")
  private static Case replaced() {
    return Program.of("IOAS-019", "another range, and none")
        .memory(1)
        .ioas("a")
        .allowing("a", 8 * PAGE, 9 * PAGE - 1)
        .succeeds()
        .then()
        .allowing("a", 4 * PAGE, 5 * PAGE - 1)
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .gives("iova", 4 * PAGE)
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .fails(Errno.ENOSPC)
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .gives("iova", PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-020")
  private static Case failedLeavesOld() {
    return Program.of("IOAS-020", "after a range that is reversed, reserved or unreadable")
        .memory(3)
        .ioas("a")
        .reserve("a", 2 * IOVA, PAGE)
        .allowing("a", IOVA, IOVA + 3 * PAGE - 1)
        .succeeds()
        .then()
        .allowing("a", 4 * IOVA, 5 * IOVA, 3 * IOVA, 2 * IOVA)
        .fails(Errno.EINVAL)
        .placing("a", MEMORY, PAGE)
        .gives("iova", IOVA)
        .succeeds()
        .allowing("a", 4 * IOVA, 5 * IOVA, 2 * IOVA, 3 * IOVA)
        .fails(Errno.EADDRINUSE)
        .placing("a", MEMORY + PAGE, PAGE)
        .gives("iova", IOVA + PAGE)
        .succeeds()
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .set("num_iovas", 1)
        .set("allowed_iovas", NOWHERE)
        .fails(Errno.EFAULT)
        .placing("a", MEMORY + 2 * PAGE, PAGE)
        .gives("iova", IOVA + 2 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-021")
  private static Case mappingsStay() {
    return Program.of("IOAS-021", "a mapping outside and one across the border of what is allowed")
        .memory(2)
        .ioas("a")
        .map("a", IOVA, 2)
        .map("a", 2 * IOVA, 2)
        .then()
        .allowing("a", IOVA + PAGE, IOVA + 4 * PAGE - 1)
        .succeeds()
        .unmap("a", IOVA, 2 * PAGE)
        .unmap("a", 2 * IOVA, 2 * PAGE)
        .end();
  }
}
