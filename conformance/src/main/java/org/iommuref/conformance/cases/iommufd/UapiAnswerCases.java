package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Program.STRUCTURE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** What a command leaves in its structure, and what it does not look at. */
final class UapiAnswerCases implements ProgramCaseSet {

  private static final long UNKNOWN = 1L << 31;

  @Override
  public List<Case> cases() {
    return List.of(
        numbersOfVfio(),
        filledUpWithZeros(),
        cutToTheCaller(),
        unwritable(),
        sizeUnchanged(),
        withoutAnswer(),
        failedLeavesAll(),
        unknownFlags(),
        reservedFields(),
        uncheckedFields(),
        rangeOfIovas(),
        holes());
  }

  @Clause("UAPI-003")
  private static Case numbersOfVfio() {
    return Program.of("UAPI-003", "VFIO's numbers come before any size is read")
        .then()
        .ioctl("VFIO_GET_API_VERSION")
        .at(NOWHERE)
        .returns(0)
        .succeeds()
        .ioctl("0x3ba1")
        .at(NOWHERE)
        .fails(Errno.ENOTTY)
        .end();
  }

  @Clause("UAPI-010")
  private static Case filledUpWithZeros() {
    return Program.of("UAPI-010", "what lies behind a short structure is not read")
        .ioas("a")
        .device("dev", "a")
        .put(STRUCTURE + 24, "ff".repeat(24))
        .then()
        .ioctl("IOMMU_HWPT_ALLOC")
        .id("dev_id", "dev")
        .id("pt_id", "a")
        .size(24)
        .succeeds()
        .end();
  }

  @Clause("UAPI-013")
  private static Case cutToTheCaller() {
    return Program.of("UAPI-013", "nothing is written behind a short structure")
        .ioas("a")
        .device("dev", "a")
        .put(STRUCTURE + 32, "ff".repeat(8))
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", "dev")
        .size(32)
        .succeeds()
        .holds(STRUCTURE + 32, "ff".repeat(8))
        .end();
  }

  @Clause("UAPI-014")
  private static Case unwritable() {
    return Program.of("UAPI-014", "an answer into memory that can only be read")
        .mapMemory(NOWHERE, 1)
        .put32(NOWHERE, 12, 0, 0)
        .protect(NOWHERE, 1)
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .end();
  }

  @Clause("UAPI-015")
  private static Case sizeUnchanged() {
    return Program.of("UAPI-015", "the size of a longer structure comes back")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .tail("00000000")
        .gives("size", 16)
        .succeeds()
        .end();
  }

  @Clause("UAPI-016")
  private static Case withoutAnswer() {
    return Program.of("UAPI-016", "arguments of commands that have nothing to say")
        .ioas("a")
        .then()
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .set("allowed_iovas", ANSWER)
        .givesId("ioas_id", "a")
        .gives("allowed_iovas", ANSWER)
        .succeeds()
        .ioctl("IOMMU_IOAS_CHANGE_PROCESS")
        .gives("__reserved", 0)
        .gives("size", 8)
        .succeeds()
        .ioctl("IOMMU_DESTROY")
        .id("id", "a")
        .givesId("id", "a")
        .gives("size", 8)
        .succeeds()
        .end();
  }

  @Clause("UAPI-017")
  private static Case failedLeavesAll() {
    return Program.of("UAPI-017", "a failed call does not touch its structure")
        .ioas("a")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .set("flags", 1)
        .set("out_ioas_id", 77)
        .gives("flags", 1)
        .gives("out_ioas_id", 77)
        .fails(Errno.EOPNOTSUPP)
        .unmapping("a", IOVA, PAGE)
        .gives("length", PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("UAPI-018")
  private static Case unknownFlags() {
    return Program.of("UAPI-018", "a flag that nobody knows")
        .memory(1)
        .ioas("a")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .set("flags", UNKNOWN)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .set("flags", UNKNOWN)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_IOAS_MAP")
        .set("flags", UNKNOWN | Program.FIXED)
        .id("ioas_id", "a")
        .set("user_va", MEMORY)
        .set("length", PAGE)
        .set("iova", IOVA)
        .fails(Errno.EOPNOTSUPP)
        .map("a", IOVA, 1)
        .end();
  }

  @Clause("UAPI-019")
  private static Case reservedFields() {
    return Program.of("UAPI-019", "a reserved field that is used")
        .memory(1)
        .ioas("a")
        .then()
        .mapping("a", IOVA, MEMORY, PAGE)
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .map("a", IOVA, 1)
        .ioctl("IOMMU_IOAS_CHANGE_PROCESS")
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("UAPI-020")
  private static Case uncheckedFields() {
    return Program.of("UAPI-020", "reserved fields that are not looked at")
        .memory(1)
        .ioas("a")
        .device("dev", "a")
        .then()
        .ioctl("IOMMU_HWPT_ALLOC")
        .id("dev_id", "dev")
        .id("pt_id", "a")
        .set("__reserved2", 1)
        .succeeds()
        .ioctl("IOMMU_TEST_OP_MD_CHECK_REFS")
        .set("__reserved", 1)
        .set("length", PAGE)
        .set("uptr", MEMORY)
        .succeeds()
        .end();
  }

  @Clause("UAPI-027")
  private static Case rangeOfIovas() {
    return Program.of("UAPI-027", "start, then last, which belongs to the range")
        .ioas("a")
        .then()
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", "a")
        .set("num_iovas", 2)
        .set("allowed_iovas", ANSWER)
        .gives("num_iovas", 1)
        .succeeds()
        .holds64(ANSWER, 0, -1, 0, 0)
        .put64(DATA, IOVA, IOVA + PAGE - 1)
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .set("num_iovas", 1)
        .set("allowed_iovas", DATA)
        .succeeds()
        .memory(2)
        .ioctl("IOMMU_IOAS_MAP")
        .set("flags", Program.READABLE)
        .id("ioas_id", "a")
        .set("user_va", MEMORY)
        .set("length", PAGE)
        .gives("iova", IOVA)
        .succeeds()
        .end();
  }

  @Clause("UAPI-045")
  private static Case holes() {
    Program program = Program.of("UAPI-045", "every number between the last and the test command");
    program.then();
    for (int number = 0x3b95; number <= 0x3b9f; number++) {
      String command = "0x" + Integer.toHexString(number);
      program.ioctl(command).at(DATA).fails(Errno.ENOTTY);
      program.ioctl(command).at(NOWHERE).fails(Errno.EFAULT);
    }
    return program.end();
  }
}
