package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.accessing;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.moving;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pin;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pinning;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.replacing;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.unpinning;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** The commands of the kernel's test interface. */
final class TestInterfaceCases implements ProgramCaseSet {

  private static final long TOO_LONG = (16 << 20) + PAGE;

  @Override
  public List<Case> cases() {
    return List.of(
        device(),
        kinds(),
        replaced(),
        translations(),
        pins(),
        accesses(),
        noAccess(),
        otherPages(),
        orderOfPins(),
        unpinned(),
        orderOfMoves(),
        batch(),
        sharedBuffer(),
        revocation(),
        withoutPasids());
  }

  private static Program mapped(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.MOCK)
        .memory(4)
        .ioas("a")
        .map("a", IOVA, 2)
        .device("dev", "a");
  }

  @Clause("MOCK-001")
  private static Case device() {
    return Program.of("MOCK-001", "object, device, page table, in this order")
        .needs(Capability.MOCK)
        .ioas("a")
        .then()
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN")
        .id("id", "a")
        .gives("out_stdev_id", 2)
        .gives("out_idev_id", 3)
        .gives("out_hwpt_id", 4)
        .succeeds()
        .end();
  }

  @Clause("MOCK-003")
  private static Case kinds() {
    Program program = Program.of("MOCK-003", "without dirty tracking, with PASIDs, and another");
    program.needs(Capability.MOCK).ioas("a").then();
    flagged(program, 1).names("out_idev_id", "plain").succeeds();
    program
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", "plain")
        .gives("out_capabilities", 8)
        .succeeds();
    flagged(program, 4).names("out_idev_id", "pasids").succeeds();
    program
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", "pasids")
        .gives("out_max_pasid_log2", 20)
        .succeeds();
    return flagged(program, 2).fails(Errno.EINVAL).end();
  }

  private static Ioctl flagged(Program program, long flags) {
    return program.ioctl("IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS").id("id", "a").set("dev_flags", flags);
  }

  @Clause("MOCK-005")
  private static Case replaced() {
    return mapped("MOCK-005", "the page table that was taken, and an id of another type")
        .hwpt("h", "dev", "a")
        .then()
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE")
        .id("id", "dev.stdev")
        .id("pt_id", "h")
        .givesId("pt_id", "h")
        .succeeds()
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE")
        .id("id", "a")
        .id("pt_id", "h")
        .fails(Errno.ENOENT)
        .end();
  }

  private static Ioctl checking(Program program, long iova, long length, long address) {
    return program
        .ioctl("IOMMU_TEST_OP_MD_CHECK_MAP")
        .id("id", "dev.hwpt")
        .set("iova", iova)
        .set("length", length)
        .set("uptr", address);
  }

  @Clause("MOCK-006")
  private static Case translations() {
    Program program = mapped("MOCK-006", "what is mapped, what is not, what is elsewhere").then();
    checking(program, IOVA, 2 * PAGE, MEMORY).succeeds();
    checking(program, IOVA, PAGE, MEMORY + PAGE).fails(Errno.EINVAL);
    checking(program, IOVA + 2 * PAGE, PAGE, MEMORY).fails(Errno.EINVAL);
    checking(program, IOVA, PAGE, NOWHERE).fails(Errno.EFAULT);
    checking(program, IOVA + 1, PAGE, MEMORY).fails(Errno.EINVAL);
    checking(program, IOVA, 1, MEMORY).fails(Errno.EINVAL);
    checking(program, IOVA, 2 * PAGE, -PAGE).fails(Errno.EINVAL);
    return checking(program, IOVA, PAGE, MEMORY).id("id", "a").fails(Errno.ENOENT).end();
  }

  private static Ioctl counting(Program program, long address, long length, int times) {
    return program
        .ioctl("IOMMU_TEST_OP_MD_CHECK_REFS")
        .set("length", length)
        .set("uptr", address)
        .set("refs", times);
  }

  @Clause("MOCK-007")
  private static Case pins() {
    Program program = mapped("MOCK-007", "pages that are pinned, and pages that are not").then();
    counting(program, MEMORY, 2 * PAGE, 1).succeeds();
    counting(program, MEMORY, 2 * PAGE, 2).fails(Errno.EIO);
    counting(program, MEMORY + 2 * PAGE, PAGE, 1).fails(Errno.EIO);
    counting(program, NOWHERE, PAGE, 0).fails(Errno.EFAULT);
    counting(program, MEMORY + 1, PAGE, 1).fails(Errno.EINVAL);
    counting(program, -PAGE, 2 * PAGE, 1).fails(Errno.EINVAL);
    return counting(program, MEMORY, 1, 1).fails(Errno.EINVAL).end();
  }

  @Clause("MOCK-009")
  private static Case accesses() {
    Program program = mapped("MOCK-009", "flags 0 and 1, another, and no IOAS").then();
    accessing(program, "x", "a").set("flags", 1).succeeds();
    accessing(program, "y", "a").set("flags", 2).fails(Errno.EOPNOTSUPP);
    return accessing(program, "y", "dev").fails(Errno.ENOENT).end();
  }

  @Clause("MOCK-010")
  private static Case noAccess() {
    Program program = mapped("MOCK-010", "the file of the context in place of an access").then();
    pinning(program, Program.IOMMU, IOVA, PAGE).fails(Errno.EBADFD);
    moving(program, Program.IOMMU, IOVA, PAGE, Program.DATA).fails(Errno.EBADFD);
    replacing(program, Program.IOMMU, "a").fails(Errno.EBADFD);
    return program
        .ioctl("IOMMU_TEST_OP_DESTROY_ACCESS_PAGES")
        .set("id", 99)
        .fails(Errno.EBADFD)
        .end();
  }

  @Clause("MOCK-012")
  private static Case otherPages() {
    Program program = mapped("MOCK-012", "pages at another address").with(access("x", "a")).then();
    pinning(program, "x", IOVA, PAGE).set("uptr", MEMORY + PAGE).fails(Errno.EBADE);
    return program.pins(MEMORY, PAGE, 1).end();
  }

  @Clause("MOCK-013")
  private static Case orderOfPins() {
    Program program = mapped("MOCK-013", "calls with two mistakes each").then();
    pinning(program, Program.IOMMU, IOVA, TOO_LONG).set("flags", 2).fails(Errno.ENOMEM);
    pinning(program, Program.IOMMU, IOVA, PAGE).set("flags", 2).fails(Errno.EOPNOTSUPP);
    return pinning(program, Program.IOMMU, IOVA, 0).fails(Errno.EBADFD).end();
  }

  @Clause("MOCK-014")
  private static Case unpinned() {
    Program program =
        mapped("MOCK-014", "a pin that is undone, and once more")
            .with(access("x", "a"))
            .with(pin("p", "x", IOVA, PAGE))
            .then();
    unpinning(program, "p", "x").succeeds();
    return unpinning(program, "p", "x").fails(Errno.ENOENT).end();
  }

  @Clause("MOCK-017")
  private static Case orderOfMoves() {
    Program program = mapped("MOCK-017", "calls with two mistakes each").then();
    moving(program, Program.IOMMU, IOVA, TOO_LONG, Program.DATA)
        .set("flags", 2)
        .fails(Errno.ENOMEM);
    moving(program, Program.IOMMU, IOVA, PAGE, Program.DATA)
        .set("flags", 2)
        .fails(Errno.EOPNOTSUPP);
    return moving(program, Program.IOMMU, IOVA, PAGE, NOWHERE)
        .set("flags", 1)
        .fails(Errno.EBADFD)
        .end();
  }

  @Clause("MOCK-019")
  private static Case batch() {
    return mapped("MOCK-019", "11 bytes, and 12")
        .then()
        .ioctl("IOMMU_TEST_OP_SET_TEMP_MEMORY_LIMIT")
        .set("limit", 11)
        .fails(Errno.EINVAL)
        .ioctl("IOMMU_TEST_OP_SET_TEMP_MEMORY_LIMIT")
        .set("limit", 12)
        .succeeds()
        .map("a", IOVA + 2 * PAGE, MEMORY, 4 * PAGE)
        .ioctl("IOMMU_TEST_OP_SET_TEMP_MEMORY_LIMIT")
        .set("limit", 65536)
        .succeeds()
        .end();
  }

  @Clause("MOCK-027")
  private static Case sharedBuffer() {
    Program program = mapped("MOCK-027", "a page, nothing, and too much").then();
    program.ioctl("IOMMU_TEST_OP_DMABUF_GET").set("length", PAGE).names("result", "b").succeeds();
    program.ioctl("IOMMU_TEST_OP_DMABUF_GET").set("length", 0).fails(Errno.EINVAL);
    return program
        .ioctl("IOMMU_TEST_OP_DMABUF_GET")
        .set("length", 513 * PAGE)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("MOCK-028")
  private static Case revocation() {
    return mapped("MOCK-028", "a buffer, another file, and none")
        .file("f", PAGE)
        .ioctl("IOMMU_TEST_OP_DMABUF_GET")
        .set("length", PAGE)
        .names("result", "b")
        .succeeds()
        .then()
        .ioctl("IOMMU_TEST_OP_DMABUF_REVOKE")
        .id("dmabuf_fd", "b")
        .set("revoked", 1)
        .succeeds()
        .ioctl("IOMMU_TEST_OP_DMABUF_REVOKE")
        .id("dmabuf_fd", "f")
        .fails(Errno.EINVAL)
        .ioctl("IOMMU_TEST_OP_DMABUF_REVOKE")
        .set("dmabuf_fd", 99)
        .fails(Errno.EBADF)
        .end();
  }

  @Clause("MOCK-030")
  private static Case withoutPasids() {
    return mapped("MOCK-030", "an attach with PASID 1")
        .then()
        .ioctl("IOMMU_TEST_OP_PASID_ATTACH")
        .id("id", "dev.stdev")
        .set("pasid", 1)
        .id("pt_id", "dev.hwpt")
        .fails(Errno.EINVAL)
        .end();
  }
}
