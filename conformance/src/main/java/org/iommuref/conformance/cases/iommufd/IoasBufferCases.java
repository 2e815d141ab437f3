package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.moving;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pinning;
import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Mappings of shared buffers, and what their revocation leaves. */
final class IoasBufferCases implements ProgramCaseSet {

  private static final long EVERYTHING = -1L;

  @Override
  public List<Case> cases() {
    return List.of(
        beforeFiles(),
        tooShort(),
        revoked(),
        notCharged(),
        forDevicesAlone(),
        rangeStaysTaken(),
        tableAfterRevocation(),
        copied());
  }

  /** A shared buffer of two pages and an IOAS. */
  private static Program given(String clause, String name) {
    return Program.of(clause, name)
        .ioctl("IOMMU_TEST_OP_DMABUF_GET")
        .set("length", 2 * PAGE)
        .names("result", "buffer")
        .succeeds()
        .ioas("a");
  }

  private static Program revoke(Program p) {
    return p.ioctl("IOMMU_TEST_OP_DMABUF_REVOKE")
        .id("dmabuf_fd", "buffer")
        .set("revoked", 1)
        .succeeds();
  }

  @Clause("IOAS-072")
  private static Case beforeFiles() {
    return given("IOAS-072", "three pages of a buffer of two and of a file of two")
        .file("f", 2 * PAGE)
        .then()
        .mappingFile("a", IOVA, "buffer", 0, 3 * PAGE)
        .fails(Errno.EINVAL)
        .mappingFile("a", IOVA, "f", 0, 3 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-080")
  private static Case tooShort() {
    return given("IOAS-080", "a byte more than the buffer, and all of it")
        .then()
        .mappingFile("a", IOVA, "buffer", 0, 2 * PAGE + 1)
        .fails(Errno.EINVAL)
        .mappingFile("a", IOVA, "buffer", PAGE, 2 * PAGE)
        .fails(Errno.EINVAL)
        .mappingFile("a", IOVA, "buffer", 0, 2 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-083")
  private static Case revoked() {
    return given("IOAS-083", "a buffer that is revoked, then given back")
        .then()
        .with(IoasBufferCases::revoke)
        .mappingFile("a", IOVA, "buffer", 0, PAGE)
        .fails(Errno.ENODEV)
        .ioctl("IOMMU_TEST_OP_DMABUF_REVOKE")
        .id("dmabuf_fd", "buffer")
        .succeeds()
        .mappingFile("a", IOVA, "buffer", 0, PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-084")
  private static Case notCharged() {
    return given("IOAS-084", "for one who may lock nothing")
        .device("d", "a")
        .become(1000)
        .limit(0)
        .then()
        .mappingFile("a", IOVA, "buffer", 0, 2 * PAGE)
        .succeeds()
        .accounts(0, 0)
        .end();
  }

  @Clause("IOAS-085")
  private static Case forDevicesAlone() {
    return given("IOAS-085", "a pin, a read and a write")
        .mappingFile("a", IOVA, "buffer", 0, 2 * PAGE)
        .succeeds()
        .with(access("x", "a"))
        .then()
        .with(p -> pinning(p, "x", IOVA, PAGE).fails(Errno.EINVAL))
        .with(p -> moving(p, "x", IOVA, 8, ANSWER).fails(Errno.EINVAL))
        .with(p -> moving(p, "x", IOVA, 8, ANSWER).set("flags", 1).fails(Errno.EINVAL))
        .end();
  }

  @Clause("IOAS-087")
  private static Case rangeStaysTaken() {
    return given("IOAS-087", "another map, then an unmap")
        .memory(2)
        .mappingFile("a", IOVA, "buffer", 0, 2 * PAGE)
        .succeeds()
        .device("d", "a")
        .then()
        .with(IoasBufferCases::revoke)
        .mapping("a", IOVA, MEMORY, PAGE)
        .fails(Errno.EEXIST)
        .unmapping("a", 0, EVERYTHING)
        .gives("length", 2 * PAGE)
        .succeeds()
        .map("a", IOVA, 1)
        .end();
  }

  @Clause("IOAS-088")
  private static Case tableAfterRevocation() {
    return given("IOAS-088", "memory behind a revoked buffer is mapped")
        .memory(1)
        .mappingFile("a", IOVA, "buffer", 0, 2 * PAGE)
        .succeeds()
        .map("a", 2 * IOVA, 1)
        .then()
        .with(IoasBufferCases::revoke)
        .device("d", "a")
        .mapsTo("d.hwpt", 2 * IOVA, MEMORY, PAGE)
        .end();
  }

  @Clause("IOAS-108")
  private static Case copied() {
    return given("IOAS-108", "the second page of a buffer to an IOAS with a page table")
        .mappingFile("a", IOVA, "buffer", 0, 2 * PAGE)
        .succeeds()
        .ioas("b")
        .device("d", "b")
        .then()
        .copying("a", IOVA + PAGE, "b", IOVA, PAGE)
        .succeeds()
        .unmap("b", IOVA, PAGE)
        .end();
  }
}
