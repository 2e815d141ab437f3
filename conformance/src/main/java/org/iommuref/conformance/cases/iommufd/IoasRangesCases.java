package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** New IOASs, and the ranges of IOVAs that IOAS_IOVA_RANGES tells. */
final class IoasRangesCases implements ProgramCaseSet {

  private static final long LAST = -1L;
  private static final String NOTHING = "0000000000000000";

  @Override
  public List<Case> cases() {
    return List.of(
        newIoas(),
        flagsOfAlloc(),
        reservedField(),
        noIoas(),
        betweenReserved(),
        whateverIsMapped(),
        noMoreThanAsked(),
        numberIsTold(),
        tooSmall(),
        unwritable(),
        unwritableFirst(),
        nothingUsable());
  }

  @Clause("IOAS-001")
  private static Case newIoas() {
    return Program.of("IOAS-001", "no mapping, no restriction, alignment 1, large pages")
        .memory(1)
        .then()
        .ioas("a")
        .telling("a", 1)
        .gives("num_iovas", 1)
        .gives("out_iova_alignment", 1)
        .succeeds()
        .holds64(ANSWER, 0, LAST)
        .unmapping("a", 0, LAST)
        .gives("length", 0)
        .succeeds()
        .ioctl("IOMMU_OPTION")
        .set("option_id", 1)
        .set("op", 1)
        .id("object_id", "a")
        .gives("val64", 1)
        .succeeds()
        .placing("a", Program.MEMORY, PAGE)
        .gives("iova", PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-002")
  private static Case flagsOfAlloc() {
    return Program.of("IOAS-002", "each of the lowest and the highest flag")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .set("flags", 1)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_IOAS_ALLOC")
        .set("flags", 1L << 31)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("IOAS-003")
  private static Case reservedField() {
    return Program.of("IOAS-003", "the reserved field is set, with and without an IOAS")
        .ioas("a")
        .then()
        .telling("a", 1)
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .set("__reserved", 1)
        .set("num_iovas", 1)
        .set("allowed_iovas", ANSWER)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("IOAS-004")
  private static Case noIoas() {
    return Program.of("IOAS-004", "an id that was destroyed")
        .ioas("a")
        .destroy("a")
        .then()
        .telling("a", 1)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-005")
  private static Case betweenReserved() {
    return Program.of(
            "IOAS-005", "reserved ranges that are apart, touch, overlap and end the space")
        .ioas("a")
        .reserve("a", 8 * PAGE, PAGE)
        .reserve("a", 2 * PAGE, PAGE)
        .reserve("a", 3 * PAGE, 2 * PAGE)
        .reserve("a", 4 * PAGE, 2 * PAGE)
        .reserve("a", -PAGE, PAGE)
        .then()
        .telling("a", 8)
        .gives("num_iovas", 3)
        .succeeds()
        .holds64(ANSWER, 0, 2 * PAGE - 1, 6 * PAGE, 8 * PAGE - 1, 9 * PAGE, -PAGE - 1, 0)
        .end();
  }

  @Clause("IOAS-006")
  private static Case whateverIsMapped() {
    return Program.of("IOAS-006", "with a mapping and an allowed range the space is still whole")
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .allowing("a", IOVA, 2 * IOVA)
        .succeeds()
        .then()
        .telling("a", 4)
        .gives("num_iovas", 1)
        .succeeds()
        .holds64(ANSWER, 0, LAST)
        .end();
  }

  @Clause("IOAS-007")
  private static Case noMoreThanAsked() {
    return Program.of("IOAS-007", "two of three ranges")
        .ioas("a")
        .reserve("a", 2 * PAGE, PAGE)
        .reserve("a", 4 * PAGE, PAGE)
        .then()
        .telling("a", 2)
        .fails(Errno.EMSGSIZE)
        .holds64(ANSWER, 0, 2 * PAGE - 1, 3 * PAGE, 4 * PAGE - 1, 0, 0)
        .end();
  }

  @Clause("IOAS-008")
  private static Case numberIsTold() {
    return Program.of("IOAS-008", "with room enough and without")
        .ioas("a")
        .withoutLargePages("a")
        .reserve("a", 2 * PAGE, PAGE)
        .then()
        .telling("a", 5)
        .gives("num_iovas", 2)
        .gives("out_iova_alignment", PAGE)
        .succeeds()
        .telling("a", 1)
        .gives("num_iovas", 2)
        .gives("out_iova_alignment", PAGE)
        .fails(Errno.EMSGSIZE)
        .end();
  }

  @Clause("IOAS-009")
  private static Case tooSmall() {
    return Program.of("IOAS-009", "one range too few, none with no pointer, and just enough")
        .ioas("a")
        .reserve("a", 2 * PAGE, PAGE)
        .then()
        .telling("a", 1)
        .fails(Errno.EMSGSIZE)
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", "a")
        .gives("num_iovas", 2)
        .fails(Errno.EMSGSIZE)
        .telling("a", 2)
        .succeeds()
        .end();
  }

  @Clause("IOAS-010")
  private static Case unwritable() {
    return Program.of("IOAS-010", "an array that runs out of the memory that is mapped")
        .mapMemory(NOWHERE, 1)
        .ioas("a")
        .reserve("a", 2 * PAGE, PAGE)
        .then()
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", "a")
        .set("num_iovas", 2)
        .set("allowed_iovas", NOWHERE + PAGE - 16)
        .gives("num_iovas", 2)
        .gives("out_iova_alignment", 0)
        .fails(Errno.EFAULT)
        .end();
  }

  @Clause("IOAS-010")
  private static Case unwritableFirst() {
    return Program.of("IOAS-010", "an array that begins before the memory that is mapped")
        .mapMemory(NOWHERE, 1)
        .ioas("a")
        .reserve("a", 2 * PAGE, PAGE)
        .then()
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", "a")
        .set("num_iovas", 2)
        .set("allowed_iovas", NOWHERE - 16)
        .fails(Errno.EFAULT)
        .holds(NOWHERE, NOTHING)
        .end();
  }

  @Clause("IOAS-011")
  private static Case nothingUsable() {
    return Program.of("IOAS-011", "both halves of the space are reserved")
        .ioas("a")
        .reserve("a", 0, Long.MIN_VALUE)
        .reserve("a", Long.MIN_VALUE, Long.MIN_VALUE)
        .then()
        .telling("a", 1)
        .gives("num_iovas", 0)
        .gives("out_iova_alignment", 1)
        .succeeds()
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", "a")
        .succeeds()
        .end();
  }
}
