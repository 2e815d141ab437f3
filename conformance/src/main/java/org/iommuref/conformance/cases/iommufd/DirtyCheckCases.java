package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.DirtySteps.asking;
import static org.iommuref.conformance.cases.iommufd.DirtySteps.trackable;
import static org.iommuref.conformance.cases.iommufd.DirtySteps.tracking;
import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** What HWPT_SET_DIRTY_TRACKING and HWPT_GET_DIRTY_BITMAP refuse. */
final class DirtyCheckCases implements ProgramCaseSet {

  @Override
  public List<Case> cases() {
    return List.of(
        unknownFlagOfSet(),
        otherObjectOfSet(),
        setWithoutTracking(),
        unknownFlagOfGet(),
        reservedField(),
        otherObjectOfGet(),
        passesTheEnd(),
        misaligned(),
        noPageSize(),
        unsuitablePageSize(),
        getWithoutTracking(),
        order(),
        deviceWithoutTracking());
  }

  /** A device on a page table that was not made to be tracked. */
  private static Program plain(String clause, String name) {
    return Program.of(clause, name).memory(1).ioas("io").device("d", "io");
  }

  private static UnaryOperator<Program> refused(long iova, long length, long page, Errno errno) {
    return p -> asking(p, "d.hwpt", iova, length, ANSWER).set("page_size", page).fails(errno);
  }

  @Clause("DIRTY-001")
  private static Case unknownFlagOfSet() {
    return plain("DIRTY-001", "a flag behind ENABLE, of what is no page table")
        .then()
        .with(p -> tracking(p, "io", 2).fails(Errno.EOPNOTSUPP))
        .with(p -> tracking(p, "io", 1L << 31).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("DIRTY-002")
  private static Case otherObjectOfSet() {
    return plain("DIRTY-002", "an IOAS, a device, and an id that nothing has")
        .then()
        .with(p -> tracking(p, "io", 1).fails(Errno.ENOENT))
        .with(p -> tracking(p, "d", 0).fails(Errno.ENOENT))
        .ioctl("IOMMU_HWPT_SET_DIRTY_TRACKING")
        .set("hwpt_id", 77)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("DIRTY-003")
  private static Case setWithoutTracking() {
    return plain("DIRTY-003", "on and off")
        .then()
        .with(p -> tracking(p, "d.hwpt", 1).fails(Errno.EOPNOTSUPP))
        .with(p -> tracking(p, "d.hwpt", 0).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("DIRTY-008")
  private static Case unknownFlagOfGet() {
    return plain("DIRTY-008", "a flag behind NO_CLEAR, of what is no page table")
        .then()
        .with(p -> asking(p, "io", IOVA, PAGE, ANSWER).set("flags", 2).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("DIRTY-009")
  private static Case reservedField() {
    return plain("DIRTY-009", "one in the reserved field, of what is no page table")
        .then()
        .with(p -> asking(p, "io", IOVA, PAGE, ANSWER).set("__reserved", 1).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("DIRTY-010")
  private static Case otherObjectOfGet() {
    return plain("DIRTY-010", "an IOAS and a device")
        .then()
        .with(p -> asking(p, "io", IOVA, PAGE, ANSWER).fails(Errno.ENOENT))
        .with(p -> asking(p, "d", IOVA, PAGE, ANSWER).fails(Errno.ENOENT))
        .end();
  }

  @Clause("DIRTY-011")
  private static Case passesTheEnd() {
    return plain("DIRTY-011", "two pages from the last page on, and none from another than zero")
        .then()
        .with(refused(-PAGE, 2 * PAGE, PAGE, Errno.EOVERFLOW))
        .with(refused(IOVA, 0, PAGE, Errno.EOVERFLOW))
        .end();
  }

  @Clause("DIRTY-012")
  private static Case misaligned() {
    return plain("DIRTY-012", "a byte too far at the start, and at the end")
        .then()
        .with(refused(IOVA + 1, PAGE - 1, 1, Errno.EINVAL))
        .with(refused(IOVA, PAGE + 1, 1, Errno.EINVAL))
        .end();
  }

  @Clause("DIRTY-013")
  private static Case noPageSize() {
    return plain("DIRTY-013", "the whole space, which suits any page size")
        .then()
        .with(refused(0, 0, 0, Errno.EINVAL))
        .end();
  }

  @Clause("DIRTY-014")
  private static Case unsuitablePageSize() {
    return plain("DIRTY-014", "a page too far at the start, and at the end, for pages of two")
        .then()
        .with(refused(IOVA + PAGE, PAGE, 2 * PAGE, Errno.EINVAL))
        .with(refused(IOVA, PAGE, 2 * PAGE, Errno.EINVAL))
        .end();
  }

  @Clause("DIRTY-016")
  private static Case getWithoutTracking() {
    return plain("DIRTY-016", "a range that is in order")
        .then()
        .with(refused(IOVA, PAGE, PAGE, Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("DIRTY-017")
  private static Case order() {
    return plain("DIRTY-017", "each refusal with those behind it")
        .then()
        .with(p -> asking(p, "io", -1, 2, ANSWER).set("flags", 2).fails(Errno.EOPNOTSUPP))
        .with(p -> asking(p, "io", -1, 2, ANSWER).set("__reserved", 1).fails(Errno.EOPNOTSUPP))
        .with(p -> asking(p, "io", -1, 2, ANSWER).fails(Errno.ENOENT))
        .with(refused(-1, 2, 0, Errno.EOVERFLOW))
        .with(refused(IOVA + 1, PAGE, 0, Errno.EINVAL))
        .with(refused(IOVA, PAGE, 2 * PAGE, Errno.EINVAL))
        .end();
  }

  @Clause("DIRTY-033")
  private static Case deviceWithoutTracking() {
    return plain("DIRTY-033", "a device that cannot be tracked, and one that can")
        .needs(Capability.MOCK)
        .with(trackable("h", "d", "io"))
        .then()
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS")
        .id("id", "h")
        .set("dev_flags", 1)
        .fails(Errno.EINVAL)
        .device("e", "h")
        .end();
  }
}
