package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.accessing;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pin;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pinning;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.plainAccess;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.replacing;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.unpin;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.unpinning;
import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Accesses: how they come and go, which IOAS they have, and how an unmap asks them. */
final class AccessCases implements ProgramCaseSet {

  private static final int SELFTEST = 0xdeadbeef;

  @Override
  public List<Case> cases() {
    return List.of(
        hasAnId(),
        alignment(),
        noIoas(),
        ownIoas(),
        otherIoas(),
        unsuitableIoas(),
        unmapAsksAll(),
        unmapAsksNoQueue(),
        lastCloseUnpins(),
        accessThatDoesNotPin());
  }

  @Clause("ACC-001")
  private static Case hasAnId() {
    return Program.of("ACC-001", "the id behind that of the IOAS is the access's")
        .ioas("io")
        .with(plainAccess("a", "io"))
        .then()
        .ioctl("IOMMU_DESTROY")
        .set("id", 2)
        .fails(Errno.EBUSY)
        .ioctl("IOMMU_IOAS_UNMAP")
        .set("ioas_id", 2)
        .set("length", -1)
        .fails(Errno.ENOENT)
        .end();
  }

  /** The alignment of an IOAS. */
  private static UnaryOperator<Program> aligned(String ioas, long alignment) {
    return p ->
        p.ioctl("IOMMU_IOAS_IOVA_RANGES")
            .id("ioas_id", ioas)
            .set("num_iovas", 16)
            .set("allowed_iovas", ANSWER)
            .gives("out_iova_alignment", alignment)
            .succeeds();
  }

  @Clause("ACC-002")
  private static Case alignment() {
    return Program.of("ACC-002", "an access that reads and writes, then one that pins")
        .ioas("io")
        .then()
        .with(plainAccess("a", "io"))
        .with(aligned("io", 1))
        .with(access("b", "io"))
        .with(aligned("io", PAGE))
        .end();
  }

  @Clause("ACC-003")
  private static Case noIoas() {
    return Program.of("ACC-003", "an id that nothing has, and that of an access")
        .ioas("io")
        .then()
        .with(access("a", "io"))
        .ioctl("IOMMU_TEST_OP_CREATE_ACCESS")
        .set("id", 77)
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_TEST_OP_ACCESS_REPLACE_IOAS")
        .id("id", "a")
        .set("ioas_id", 77)
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_TEST_OP_ACCESS_REPLACE_IOAS")
        .id("id", "a")
        .set("ioas_id", 2)
        .fails(Errno.ENOENT)
        .end();
  }

  /** An access with a pin of the first page of two. */
  private static Program pinned(String clause, String name) {
    return Program.of(clause, name)
        .memory(2)
        .ioas("io")
        .map("io", IOVA, 2)
        .with(access("a", "io"))
        .with(pin("pin", "a", IOVA, PAGE));
  }

  @Clause("ACC-006")
  private static Case ownIoas() {
    return pinned("ACC-006", "the pin stays, and can be undone")
        .then()
        .with(p -> replacing(p, "a", "io").succeeds())
        .pins(MEMORY, PAGE, 1)
        .with(unpin("pin", "a"))
        .pins(MEMORY, PAGE, 0)
        .end();
  }

  @Clause("ACC-007")
  private static Case otherIoas() {
    return pinned("ACC-007", "the pin goes, and the old IOAS can be destroyed")
        .ioas("other")
        .then()
        .with(p -> replacing(p, "a", "other").succeeds())
        .pins(MEMORY, PAGE, 0)
        .with(p -> pinning(p, "a", IOVA, PAGE).fails(Errno.ENOENT))
        .destroy("io")
        .end();
  }

  @Clause("ACC-008")
  private static Case unsuitableIoas() {
    return pinned("ACC-008", "an IOAS with a mapping of two bytes")
        .ioas("other")
        .map("other", IOVA, MEMORY, 2)
        .then()
        .with(p -> replacing(p, "a", "other").fails(Errno.EADDRINUSE))
        .pins(MEMORY, PAGE, 1)
        .with(pin("second", "a", IOVA + PAGE, PAGE))
        .end();
  }

  @Clause("ACC-028")
  private static Case unmapAsksAll() {
    return pinned("ACC-028", "two accesses with pins, and one without")
        .with(access("b", "io"))
        .with(pin("other", "b", IOVA, 2 * PAGE))
        .with(access("c", "io"))
        .then()
        .unmap("io", IOVA, 2 * PAGE)
        .pins(MEMORY, 2 * PAGE, 0)
        .with(p -> unpinning(p, "pin", "a").fails(Errno.ENOENT))
        .with(p -> unpinning(p, "other", "b").fails(Errno.ENOENT))
        .end();
  }

  @Clause("ACC-029")
  private static Case unmapAsksNoQueue() {
    return Program.of("ACC-029", "an unmap fails until the queue has gone")
        .needs(Capability.MOCK, Capability.HW_QUEUE)
        .memory(2)
        .ioas("io")
        .map("io", IOVA, 2)
        .device("d", "io")
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("flags", 1)
        .id("dev_id", "d")
        .id("pt_id", "io")
        .names("out_hwpt_id", "parent")
        .succeeds()
        .replace("d", "parent")
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", SELFTEST)
        .id("dev_id", "d")
        .id("hwpt_id", "parent")
        .names("out_viommu_id", "unit")
        .succeeds()
        .ioctl("IOMMU_HW_QUEUE_ALLOC")
        .id("viommu_id", "unit")
        .set("type", SELFTEST)
        .set("nesting_parent_iova", IOVA)
        .set("length", PAGE)
        .names("out_hw_queue_id", "queue")
        .succeeds()
        .then()
        .unmapping("io", IOVA, 2 * PAGE)
        .fails(Errno.EBUSY)
        .mapsTo("parent", IOVA, MEMORY, 2 * PAGE)
        .destroy("queue")
        .unmap("io", IOVA, 2 * PAGE)
        .end();
  }

  @Clause("ACC-031")
  private static Case lastCloseUnpins() {
    return pinned("ACC-031", "the close of its descriptor")
        .then()
        .close("a")
        .pins(MEMORY, PAGE, 0)
        .unmap("io", IOVA, 2 * PAGE)
        .destroy("io")
        .end();
  }

  @Clause("ACC-032")
  private static Case accessThatDoesNotPin() {
    return Program.of("ACC-032", "an access that only reads and writes")
        .memory(1)
        .ioas("io")
        .map("io", IOVA, 1)
        .with(p -> accessing(p, "a", "io").succeeds())
        .then()
        .with(p -> pinning(p, "a", IOVA, PAGE).fails(Errno.EOPNOTSUPP))
        .end();
  }
}
