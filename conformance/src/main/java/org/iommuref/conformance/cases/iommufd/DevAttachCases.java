package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Attach and detach of a device that is a group of its own. */
final class DevAttachCases implements ProgramCaseSet {

  private static final int DIRTY_TRACKING = 2;
  private static final long NO_ID = 0x7fff_0000;

  @Override
  public List<Case> cases() {
    return List.of(
        unknownTarget(),
        targetOfAnotherType(),
        attachedAlready(),
        refusedByTheDriver(),
        order(),
        failureLeavesNothing(),
        translates(),
        detachOfNothing(),
        lastDetach());
  }

  private static Program attached(String clause, String name) {
    return Program.of(clause, name).ioas("a").device("d", "a");
  }

  /** A device that cannot track what it writes, detached, and a page table that does, "h". */
  private static Program refused(String clause, String name) {
    return attached(clause, name)
        .needs(Capability.MOCK, Capability.DIRTY_TRACKING)
        .ioas("b")
        .allocating("d", "b")
        .set("flags", DIRTY_TRACKING)
        .names("out_hwpt_id", "h")
        .succeeds()
        .plainDevice("e", "a")
        .detach("e", 0);
  }

  @Clause("DEV-008")
  private static Case unknownTarget() {
    return attached("DEV-008", "an attach and a replace to an id without an object")
        .then()
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE")
        .id("id", "d.stdev")
        .set("pt_id", NO_ID)
        .fails(Errno.ENOENT)
        .detach("d", 0)
        .ioctl("IOMMU_TEST_OP_PASID_ATTACH")
        .id("id", "d.stdev")
        .set("pt_id", NO_ID)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("DEV-009")
  private static Case targetOfAnotherType() {
    return attached("DEV-009", "an attach and a replace to a device and to a queue of faults")
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .names("out_fault_id", "faults")
        .succeeds()
        .then()
        .replacing("d", "d")
        .fails(Errno.EINVAL)
        .replacing("d", "faults")
        .fails(Errno.EINVAL)
        .detach("d", 0)
        .attaching("d", 0, "d")
        .fails(Errno.EINVAL)
        .attaching("d", 0, "faults")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("DEV-010")
  private static Case attachedAlready() {
    return attached("DEV-010", "to the page table that it has, to another, and to the IOAS")
        .hwpt("h", "d", "a")
        .then()
        .attaching("d", 0, "d.hwpt")
        .fails(Errno.EBUSY)
        .attaching("d", 0, "h")
        .fails(Errno.EBUSY)
        .attaching("d", 0, "a")
        .fails(Errno.EBUSY)
        .end();
  }

  @Clause("DEV-014")
  private static Case refusedByTheDriver() {
    return refused("DEV-014", "a page table that tracks what is written")
        .then()
        .attaching("e", 0, "h")
        .fails(Errno.EINVAL)
        .attaching("e", 0, "a")
        .succeeds()
        .replacing("e", "h")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("DEV-015")
  private static Case order() {
    return attached("DEV-015", "calls that are wrong in two ways each")
        .hwpt("h", "d", "a")
        .then()
        .ioctl("IOMMU_TEST_OP_PASID_ATTACH")
        .id("id", "d.stdev")
        .set("pt_id", NO_ID)
        .fails(Errno.ENOENT)
        .attaching("d", 0, "d")
        .fails(Errno.EINVAL)
        .attaching("d", 0, "h")
        .fails(Errno.EBUSY)
        .end();
  }

  @Clause("DEV-016")
  private static Case failureLeavesNothing() {
    return refused("DEV-016", "the device is free, the page table is not held")
        .ranges("b", 1L << 24, (1L << 31) - 1)
        .then()
        .attaching("e", 0, "h")
        .fails(Errno.EINVAL)
        .isDetached("e", 0)
        .ranges("b", 1L << 24, (1L << 31) - 1)
        .destroy("h")
        .destroy("b")
        .attaching("e", 0, "a")
        .succeeds()
        .end();
  }

  @Clause("DEV-019")
  private static Case translates() {
    return attached("DEV-019", "what is mapped and nothing else, as it changes")
        .memory(2)
        .hwpt("h", "d", "a")
        .detach("d", 0)
        .map("a", IOVA, 1)
        .then()
        .attaching("d", 0, "h")
        .succeeds()
        .isOn("d", 0, "h")
        .mapsTo("h", IOVA, MEMORY, PAGE)
        .checkingMap("h", IOVA + PAGE, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .map("a", IOVA + PAGE, MEMORY + PAGE, PAGE)
        .mapsTo("h", IOVA, MEMORY, 2 * PAGE)
        .unmap("a", IOVA, PAGE)
        .checkingMap("h", IOVA, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("DEV-020")
  private static Case detachOfNothing() {
    return attached("DEV-020", "a PASID that was not attached, and a device that is detached")
        .then()
        .detach("d", 5)
        .isOn("d", 0, "d.hwpt")
        .detach("d", 0)
        .detach("d", 0)
        .isDetached("d", 0)
        .attaching("d", 0, "a")
        .succeeds()
        .end();
  }

  @Clause("DEV-022")
  private static Case lastDetach() {
    return attached("DEV-022", "no page table is in force or held")
        .hwpt("h", "d", "a")
        .replace("d", "h")
        .then()
        .detach("d", 0)
        .isDetached("d", 0)
        .destroy("h")
        .destroy("a")
        .end();
  }
}
