package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** How a command reads its structure, and how it answers. */
final class UapiCases implements ProgramCaseSet {

  private static final long LAST_OF_PAGE = NOWHERE + PAGE;

  @Override
  public List<Case> cases() {
    return List.of(
        contextForEachOpen(),
        unknownCommand(),
        numberWithOtherBits(),
        unreadableSize(),
        unreadableSizeOfAHole(),
        tooShort(),
        zeroTail(),
        tailInUse(),
        unreadableTail(),
        unreadableBody(),
        orderOfReading());
  }

  @Clause("UAPI-001")
  private static Case contextForEachOpen() {
    return Program.of("UAPI-001", "an id of one file names nothing on another")
        .ioas("a")
        .open("other")
        .then()
        .ioctl("IOMMU_DESTROY")
        .on("other")
        .id("id", "a")
        .fails(Errno.ENOENT)
        .destroy("a")
        .end();
  }

  @Clause("UAPI-004")
  private static Case unknownCommand() {
    return Program.of("UAPI-004", "a hole of the table and a number beyond it")
        .then()
        .ioctl("0x3b95")
        .at(Program.DATA)
        .fails(Errno.ENOTTY)
        .ioctl("0x3bff")
        .at(Program.DATA)
        .fails(Errno.ENOTTY)
        .end();
  }

  @Clause("UAPI-002")
  private static Case numberWithOtherBits() {
    return Program.of("UAPI-002", "a number with bits of direction and size")
        .put32(Program.DATA, 8, 0)
        .then()
        .ioctl("0x40083b80")
        .at(Program.DATA)
        .fails(Errno.ENOTTY)
        .end();
  }

  @Clause("UAPI-005")
  private static Case unreadableSize() {
    return Program.of("UAPI-005", "an argument at which nothing is mapped")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .end();
  }

  @Clause("UAPI-005")
  private static Case unreadableSizeOfAHole() {
    return Program.of("UAPI-005", "an unknown command with an argument at which nothing is mapped")
        .then()
        .ioctl("0x3b95")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .end();
  }

  @Clause("UAPI-006")
  private static Case tooShort() {
    return Program.of("UAPI-006", "a structure one byte below the minimum")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .size(11)
        .fails(Errno.EINVAL)
        .ioctl("IOMMU_IOAS_ALLOC")
        .size(12)
        .succeeds()
        .end();
  }

  @Clause("UAPI-007")
  private static Case zeroTail() {
    return Program.of("UAPI-007", "four bytes of zero behind what is known")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .tail("00000000")
        .names("out_ioas_id", "a")
        .succeeds()
        .destroy("a")
        .end();
  }

  @Clause("UAPI-008")
  private static Case tailInUse() {
    return Program.of("UAPI-008", "a byte behind what is known")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .tail("00000001")
        .fails(Errno.E2BIG)
        .end();
  }

  @Clause("UAPI-009")
  private static Case unreadableTail() {
    return Program.of("UAPI-009", "a tail that runs out of the memory that is mapped")
        .mapMemory(NOWHERE, 1)
        .put32(LAST_OF_PAGE - 16, 32, 0, 0, 0)
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .at(LAST_OF_PAGE - 16)
        .fails(Errno.EFAULT)
        .end();
  }

  @Clause("UAPI-012")
  private static Case orderOfReading() {
    return Program.of("UAPI-012", "number before minimum, minimum and tail before flags")
        .put32(Program.DATA, 1, 0, 0)
        .then()
        .ioctl("0x3b95")
        .at(Program.DATA)
        .fails(Errno.ENOTTY)
        .ioctl("IOMMU_IOAS_ALLOC")
        .set("flags", 1)
        .tail("01")
        .fails(Errno.E2BIG)
        .ioctl("IOMMU_IOAS_ALLOC")
        .set("flags", 1)
        .size(8)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("UAPI-011")
  private static Case unreadableBody() {
    return Program.of("UAPI-011", "a structure that runs out of the memory that is mapped")
        .mapMemory(NOWHERE, 1)
        .put32(LAST_OF_PAGE - 8, 12, 0)
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .at(LAST_OF_PAGE - 8)
        .fails(Errno.EFAULT)
        .end();
  }
}
