package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.ProcessSteps.chargesProcesses;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childAccounts;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childBecomes;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childEnds;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childLimit;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childTakesOver;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.fileMapping;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.fork;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.mapFile;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** IOAS_CHANGE_PROCESS: another process becomes the owner of what is mapped. */
final class ChangeProcessCases implements ProgramCaseSet {

  private static final int USER = 1000;

  @Override
  public List<Case> cases() {
    return List.of(
        reservedField(),
        memoryOfAProcess(),
        oneOfSeveral(),
        ownershipOfAll(),
        chargesMove(),
        beyondTheLimit(),
        sameProcess(),
        fromAnEndedProcess(),
        countsWithoutCharge());
  }

  /** Pages of a file mapped in the process's mode by a user without rights, and a child of it. */
  private static Program charged(String clause, String name) {
    return Program.of(clause, name)
        .with(chargesProcesses())
        .become(USER)
        .limit(8 * PAGE)
        .file("file", 2 * PAGE)
        .ioas("io")
        .ioas("copy")
        .with(mapFile("io", IOVA, "file", 2))
        .ioctl("IOMMU_IOAS_COPY")
        .set("flags", Program.FIXED)
        .id("src_ioas_id", "io")
        .id("dst_ioas_id", "copy")
        .set("length", 2 * PAGE)
        .set("src_iova", IOVA)
        .set("dst_iova", IOVA)
        .succeeds()
        .with(fork());
  }

  @Clause("PIN-024")
  private static Case reservedField() {
    return Program.of("PIN-024", "one in the reserved field, then none")
        .then()
        .ioctl("IOMMU_IOAS_CHANGE_PROCESS")
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_IOAS_CHANGE_PROCESS")
        .succeeds()
        .end();
  }

  @Clause("PIN-025")
  private static Case memoryOfAProcess() {
    return Program.of("PIN-025", "a mapping of memory of the process")
        .memory(1)
        .ioas("io")
        .map("io", IOVA, 1)
        .with(fork())
        .then()
        .with(p -> childTakesOver(p).fails(Errno.EINVAL))
        .end();
  }

  @Clause("PIN-025")
  private static Case oneOfSeveral() {
    return Program.of("PIN-025", "memory of the process in one IOAS, a file in another")
        .memory(1)
        .needs(Capability.BOUND_DEVICES)
        .with(chargesProcesses())
        .become(USER)
        .file("file", PAGE)
        .ioas("a")
        .ioas("b")
        .with(mapFile("a", IOVA, "file", 1))
        .device("d", "a")
        .map("b", IOVA, 1)
        .with(fork())
        .then()
        .with(p -> childTakesOver(p).fails(Errno.EINVAL))
        .accounts(1, 1)
        .with(childAccounts(0, 0))
        .end();
  }

  @Clause("PIN-027")
  private static Case ownershipOfAll() {
    return charged("PIN-027", "pages that are pinned later are the child's")
        .needs(Capability.BOUND_DEVICES)
        .then()
        .with(p -> childTakesOver(p).succeeds())
        .device("d", "io")
        .accounts(0, 0)
        .with(childAccounts(2, 2))
        .end();
  }

  @Clause("PIN-028")
  private static Case chargesMove() {
    return charged("PIN-028", "pages that are pinned become the child's, copies once")
        .device("d", "io")
        .device("e", "copy")
        .accounts(2, 2)
        .then()
        .with(p -> childTakesOver(p).succeeds())
        .accounts(0, 0)
        .with(childAccounts(2, 2))
        .unmap("copy", IOVA, 2 * PAGE)
        .with(childAccounts(2, 2))
        .unmap("io", IOVA, 2 * PAGE)
        .with(childAccounts(0, 0))
        .end();
  }

  @Clause("PIN-029")
  private static Case beyondTheLimit() {
    return charged("PIN-029", "a child with a limit of one page takes over two")
        .device("d", "io")
        .with(childLimit(1))
        .then()
        .with(p -> childTakesOver(p).fails(Errno.ENOMEM))
        .accounts(2, 2)
        .with(childAccounts(0, 0))
        .with(childLimit(2))
        .with(p -> childTakesOver(p).succeeds())
        .with(childAccounts(2, 2))
        .end();
  }

  @Clause("PIN-030")
  private static Case sameProcess() {
    return charged("PIN-030", "the owner itself, at its limit")
        .device("d", "io")
        .limit(2 * PAGE)
        .then()
        .ioctl("IOMMU_IOAS_CHANGE_PROCESS")
        .succeeds()
        .accounts(2, 2)
        .end();
  }

  @Clause("PIN-032")
  private static Case fromAnEndedProcess() {
    return Program.of("PIN-032", "the child that mapped has ended")
        .with(chargesProcesses())
        .become(USER)
        .file("file", PAGE)
        .ioas("io")
        .device("d", "io")
        .with(fork())
        .with(p -> fileMapping(p, "io", IOVA, "file", PAGE).by(ProcessSteps.CHILD).succeeds())
        .with(childEnds())
        .then()
        .ioctl("IOMMU_IOAS_CHANGE_PROCESS")
        .fails(Errno.EINVAL)
        .accounts(1, 1)
        .ioctl("IOMMU_IOAS_CHANGE_PROCESS")
        .succeeds()
        .accounts(1, 1)
        .end();
  }

  @Clause("PIN-033")
  private static Case countsWithoutCharge() {
    return Program.of("PIN-033", "a child takes over what is charged to nobody")
        .file("file", PAGE)
        .ioas("io")
        .device("d", "io")
        .with(mapFile("io", IOVA, "file", 1))
        .with(fork())
        .with(childBecomes(USER))
        .then()
        .with(p -> childTakesOver(p).succeeds())
        .accounts(1, 0)
        .with(childAccounts(0, 0))
        .end();
  }
}
