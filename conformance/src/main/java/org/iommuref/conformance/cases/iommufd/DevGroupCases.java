package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Two devices of one group: they have one owner and one page table. */
final class DevGroupCases implements ProgramCaseSet {

  @Override
  public List<Case> cases() {
    return List.of(
        oneContext(),
        bothInOneContext(),
        givenBack(),
        onePageTable(),
        firstMovesTheGroup(),
        secondChangesNothing(),
        firstDetach(),
        lastDetach(),
        replaceWithoutAttachment(),
        replaceMovesBoth(),
        replaceMovesTheHolds());
  }

  private static Program first(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.SHARED_GROUP)
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .device("d", "a");
  }

  private static Program both(String clause, String name) {
    return first(clause, name).device("e", "a");
  }

  @Clause("DEV-004")
  private static Case oneContext() {
    return first("DEV-004", "the second device for another open of /dev/iommu")
        .open("other")
        .ioctl("IOMMU_IOAS_ALLOC")
        .on("other")
        .names("out_ioas_id", "b")
        .succeeds()
        .then()
        .binding("e", "b")
        .on("other")
        .fails(Errno.EPERM)
        .end();
  }

  @Clause("DEV-005")
  private static Case bothInOneContext() {
    return first("DEV-005", "two ids, each of which names its device")
        .then()
        .device("e", "a")
        .allocating("d", "a")
        .succeeds()
        .allocating("e", "a")
        .succeeds()
        .end();
  }

  @Clause("DEV-007")
  private static Case givenBack() {
    return first("DEV-007", "another context binds a device of the group afterwards")
        .open("other")
        .ioctl("IOMMU_IOAS_ALLOC")
        .on("other")
        .names("out_ioas_id", "b")
        .succeeds()
        .then()
        .destroy("d.stdev")
        .binding("e", "b")
        .on("other")
        .succeeds()
        .end();
  }

  @Clause("DEV-011")
  private static Case onePageTable() {
    return first("DEV-011", "the second device on another page table and on another IOAS")
        .ioas("b")
        .hwpt("h", "d", "a")
        .then()
        .binding("e", "h")
        .fails(Errno.EINVAL)
        .binding("e", "b")
        .fails(Errno.EINVAL)
        .binding("e", "a")
        .succeeds()
        .end();
  }

  @Clause("DEV-017")
  private static Case firstMovesTheGroup() {
    return both("DEV-017", "the second device translates before it is attached")
        .hwpt("h", "d", "a")
        .detach("d", 0)
        .detach("e", 0)
        .then()
        .attaching("d", 0, "h")
        .succeeds()
        .isOn("e", 0, "h")
        .mapsTo("h", IOVA, MEMORY, PAGE)
        .end();
  }

  @Clause("DEV-018")
  private static Case secondChangesNothing() {
    return first("DEV-018", "the page table stays when the second device comes")
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .then()
        .device("e", "a")
        .isOn("d", 0, "d.hwpt")
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .end();
  }

  @Clause("DEV-021")
  private static Case firstDetach() {
    return both("DEV-021", "the page table stays in force for the device that is left")
        .then()
        .detach("d", 0)
        .isOn("e", 0, "d.hwpt")
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .end();
  }

  @Clause("DEV-022")
  private static Case lastDetach() {
    return both("DEV-022", "none of both devices has a page table")
        .then()
        .detach("d", 0)
        .detach("e", 0)
        .isDetached("d", 0)
        .isDetached("e", 0)
        .end();
  }

  @Clause("DEV-024")
  private static Case replaceWithoutAttachment() {
    return both("DEV-024", "a device that is detached while the other one is attached")
        .hwpt("h", "d", "a")
        .detach("e", 0)
        .then()
        .replacing("e", "h")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("DEV-026")
  private static Case replaceMovesBoth() {
    return both("DEV-026", "both translate by the new page table")
        .ioas("b")
        .then()
        .replacing("d", "b")
        .names("pt_id", "h")
        .succeeds()
        .isOn("e", 0, "h")
        .checkingMap("h", IOVA, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .map("b", IOVA, 1)
        .mapsTo("h", IOVA, MEMORY, PAGE)
        .end();
  }

  @Clause("DEV-027")
  private static Case replaceMovesTheHolds() {
    return both("DEV-027", "one hold for each device on the new page table, none on the old")
        .hwpt("h", "d", "a")
        .then()
        .replace("d", "h")
        .detach("d", 0)
        .ioctl("IOMMU_DESTROY")
        .id("id", "h")
        .fails(Errno.EBUSY)
        .detach("e", 0)
        .destroy("h")
        .end();
  }
}
