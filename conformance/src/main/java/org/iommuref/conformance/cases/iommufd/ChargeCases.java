package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.ProcessSteps.chargesProcesses;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childAccounts;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childBecomes;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childEnds;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childMaps;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childPuts;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.fork;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.mapsToChild;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.sharedMemory;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Caller.Right;

/** To whom pinned pages are charged, and what becomes of them when that process ends. */
final class ChargeCases implements ProgramCaseSet {

  private static final int USER = 1000;

  @Override
  public List<Case> cases() {
    return List.of(
        lockedWithoutLimit(),
        rightWhenMade(),
        limitOfUser(),
        limitOfProcess(),
        failedMapLeavesNothing(),
        failedAttachLeavesNothing(),
        shownAsPinned(),
        shownAsLocked(),
        givenBack(),
        whoeverMappedPays(),
        memoryOfTheChild(),
        memoryOfAnEndedChild(),
        pinsOutliveTheirProcess(),
        countsOfAnEndedChild());
  }

  @Clause("PIN-012")
  private static Case lockedWithoutLimit() {
    return Program.of("PIN-012", "a limit of nothing, with CAP_IPC_LOCK and without")
        .memory(1)
        .limit(0)
        .ioas("io")
        .device("d", "io")
        .become(USER, Right.IPC_LOCK)
        .then()
        .map("io", IOVA, 1)
        .become(USER)
        .mapping("io", IOVA + PAGE, MEMORY, PAGE)
        .fails(Errno.ENOMEM)
        .end();
  }

  @Clause("PIN-012")
  private static Case rightWhenMade() {
    return Program.of("PIN-012", "the right is lost between the map and the page table")
        .memory(1)
        .limit(0)
        .ioas("io")
        .become(USER, Right.IPC_LOCK)
        .map("io", IOVA, 1)
        .become(USER)
        .then()
        .device("d", "io")
        .pins(MEMORY, PAGE, 1)
        .end();
  }

  @Clause("PIN-013")
  private static Case limitOfUser() {
    return Program.of("PIN-013", "two contexts of a user share its limit, which can be raised")
        .memory(3)
        .become(USER)
        .limit(2 * PAGE)
        .ioas("io")
        .device("d", "io")
        .open("second")
        .ioctl("IOMMU_IOAS_ALLOC")
        .on("second")
        .names("out_ioas_id", "other")
        .succeeds()
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN")
        .on("second")
        .id("id", "other")
        .succeeds()
        .then()
        .map("io", IOVA, 2)
        .mapping("other", IOVA, MEMORY, PAGE)
        .on("second")
        .fails(Errno.ENOMEM)
        .mapping("io", IOVA + 2 * PAGE, MEMORY, PAGE)
        .fails(Errno.ENOMEM)
        .limit(3 * PAGE)
        .mapping("other", IOVA, MEMORY, PAGE)
        .on("second")
        .succeeds()
        .end();
  }

  @Clause("PIN-014")
  private static Case limitOfProcess() {
    return Program.of("PIN-014", "the third page of two, in the process's mode")
        .memory(3)
        .with(chargesProcesses())
        .become(USER)
        .limit(2 * PAGE)
        .ioas("io")
        .device("d", "io")
        .then()
        .map("io", IOVA, 2)
        .accounts(2, 2)
        .mapping("io", IOVA + 2 * PAGE, MEMORY, PAGE)
        .fails(Errno.ENOMEM)
        .limit(3 * PAGE)
        .map("io", IOVA + 2 * PAGE, 1)
        .accounts(3, 3)
        .end();
  }

  @Clause("PIN-015")
  private static Case failedMapLeavesNothing() {
    return Program.of("PIN-015", "a map beyond the limit")
        .memory(3)
        .with(chargesProcesses())
        .become(USER)
        .limit(2 * PAGE)
        .ioas("io")
        .device("d", "io")
        .mapping("io", IOVA, MEMORY, 3 * PAGE)
        .fails(Errno.ENOMEM)
        .then()
        .pins(MEMORY, 3 * PAGE, 0)
        .accounts(0, 0)
        .map("io", IOVA, 2)
        .end();
  }

  @Clause("PIN-015")
  private static Case failedAttachLeavesNothing() {
    return Program.of("PIN-015", "a page table beyond the limit")
        .memory(3)
        .with(chargesProcesses())
        .become(USER)
        .limit(2 * PAGE)
        .ioas("io")
        .map("io", IOVA, 3)
        .binding("d", "io")
        .fails(Errno.ENOMEM)
        .then()
        .pins(MEMORY, 3 * PAGE, 0)
        .accounts(0, 0)
        .end();
  }

  @Clause("PIN-016")
  private static Case shownAsPinned() {
    return Program.of("PIN-016", "a page that is charged to nobody and one that is to the user")
        .memory(2)
        .ioas("io")
        .device("d", "io")
        .then()
        .map("io", IOVA, 1)
        .accounts(1, 0)
        .become(USER)
        .map("io", IOVA + PAGE, 1)
        .accounts(2, 0)
        .end();
  }

  @Clause("PIN-017")
  private static Case shownAsLocked() {
    return Program.of("PIN-017", "a page in the user's mode and one in the process's")
        .memory(1)
        .ioas("user")
        .device("d", "user")
        .become(USER)
        .map("user", IOVA, 1)
        .then()
        .accounts(1, 0)
        .given()
        .close(Program.IOMMU)
        .become(0, Right.SYS_RESOURCE)
        .open(Program.IOMMU)
        .with(chargesProcesses())
        .become(USER)
        .ioas("io")
        .device("e", "io")
        .map("io", IOVA, 1)
        .then()
        .accounts(1, 1)
        .end();
  }

  @Clause("PIN-018")
  private static Case givenBack() {
    return Program.of("PIN-018", "an unmap gives back, to be used again")
        .memory(2)
        .with(chargesProcesses())
        .become(USER)
        .limit(2 * PAGE)
        .ioas("io")
        .device("d", "io")
        .map("io", IOVA, 2)
        .accounts(2, 2)
        .then()
        .unmap("io", IOVA, 2 * PAGE)
        .accounts(0, 0)
        .pins(MEMORY, 2 * PAGE, 0)
        .map("io", IOVA, 2)
        .end();
  }

  @Clause("PIN-019")
  private static Case whoeverMappedPays() {
    return Program.of("PIN-019", "a child maps, its parent without a limit attaches")
        .memory(1)
        .with(chargesProcesses())
        .with(fork())
        .with(childBecomes(USER))
        .become(USER)
        .limit(0)
        .ioas("io")
        .with(childMaps("io", IOVA, MEMORY, PAGE))
        .then()
        .device("d", "io")
        .with(childAccounts(1, 1))
        .accounts(0, 0)
        .end();
  }

  @Clause("PIN-020")
  private static Case memoryOfTheChild() {
    return Program.of("PIN-020", "a child maps, its parent attaches")
        .memory(1)
        .ioas("io")
        .with(fork())
        .with(childPuts(MEMORY, "cc"))
        .with(childMaps("io", IOVA, MEMORY, PAGE))
        .then()
        .device("d", "io")
        .with(mapsToChild("d.hwpt", IOVA, MEMORY, PAGE))
        .end();
  }

  @Clause("PIN-021")
  private static Case memoryOfAnEndedChild() {
    return Program.of("PIN-021", "a page that nobody has pinned, and one that a page table has")
        .memory(1)
        .ioas("unpinned")
        .ioas("io")
        .device("d", "io")
        .with(fork())
        .with(childMaps("unpinned", IOVA, MEMORY, PAGE))
        .with(childMaps("io", IOVA, MEMORY, PAGE))
        .with(childEnds())
        .then()
        .hwpt("second", "d", "io")
        .binding("e", "unpinned")
        .fails(Errno.EFAULT)
        .end();
  }

  @Clause("PIN-022")
  private static Case pinsOutliveTheirProcess() {
    return Program.of("PIN-022", "the child that mapped shared memory ends")
        .with(sharedMemory("file", MEMORY, 1))
        .ioas("io")
        .device("d", "io")
        .with(fork())
        .with(childMaps("io", IOVA, MEMORY, PAGE))
        .with(childEnds())
        .then()
        .pins(MEMORY, PAGE, 1)
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .unmap("io", IOVA, PAGE)
        .pins(MEMORY, PAGE, 0)
        .end();
  }

  @Clause("PIN-023")
  private static Case countsOfAnEndedChild() {
    return Program.of("PIN-023", "an unmap after the child that mapped has ended")
        .needs(Capability.BOUND_DEVICES)
        .with(sharedMemory("file", MEMORY, 1))
        .with(chargesProcesses())
        .ioas("io")
        .device("d", "io")
        .with(fork())
        .with(childBecomes(USER))
        .with(childMaps("io", IOVA, MEMORY, PAGE))
        .with(childEnds())
        .then()
        .unmap("io", IOVA, PAGE)
        .pins(MEMORY, PAGE, 0)
        .accounts(0, 0)
        .end();
  }
}
