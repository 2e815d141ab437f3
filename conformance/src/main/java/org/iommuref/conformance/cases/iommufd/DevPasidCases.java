package org.iommuref.conformance.cases.iommufd;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Attach, replace and detach of PASIDs of a device. */
final class DevPasidCases implements ProgramCaseSet {

  private static final int FOR_PASIDS = 8;
  private static final int FAILING_PASID = 1024;
  private static final int PASID = 7;

  @Override
  public List<Case> cases() {
    return List.of(
        plainTable(),
        besidePlainTable(),
        withoutOwnTable(),
        plainTableUnderPasids(),
        toIoas(),
        tooLarge(),
        attachedAlready(),
        ofItsOwn(),
        failedReplace(),
        failingPasid());
  }

  /**
   * A device with PASIDs on the automatic page table of "a", a plain page table "plain", and two
   * that are made for PASIDs, "h" and "g". A case detaches what it attaches to a PASID: the device
   * of Linux's test interface does not when its file is closed, as those of VFIO do.
   */
  private static Program tables(String clause, String name) {
    return Program.of(clause, name)
        .ioas("a")
        .pasidDevice("d", "a")
        .hwpt("plain", "d", "a")
        .with(program -> table(program, "h"))
        .with(program -> table(program, "g"));
  }

  private static Program table(Program program, String hwpt) {
    return program
        .allocating("d", "a")
        .set("flags", FOR_PASIDS)
        .names("out_hwpt_id", hwpt)
        .succeeds();
  }

  @Clause("DEV-037")
  private static Case plainTable() {
    return tables("DEV-037", "an attach and a replace to a table that is not made for PASIDs")
        .replace("d", "h")
        .then()
        .attaching("d", PASID, "plain")
        .fails(Errno.EINVAL)
        .attaching("d", PASID, "g")
        .succeeds()
        .replacing("d", PASID, "plain")
        .fails(Errno.EINVAL)
        .isOn("d", PASID, "g")
        .detach("d", PASID)
        .end();
  }

  @Clause("DEV-038")
  private static Case besidePlainTable() {
    return tables("DEV-038", "the device's own table is not made for PASIDs")
        .replace("d", "plain")
        .then()
        .attaching("d", PASID, "h")
        .fails(Errno.EINVAL)
        .isDetached("d", PASID)
        .end();
  }

  @Clause("DEV-039")
  private static Case withoutOwnTable() {
    return tables("DEV-039", "a device that is detached")
        .detach("d", 0)
        .then()
        .attaching("d", PASID, "h")
        .succeeds()
        .isOn("d", PASID, "h")
        .isDetached("d", 0)
        .detach("d", PASID)
        .end();
  }

  @Clause("DEV-040")
  private static Case plainTableUnderPasids() {
    return tables("DEV-040", "an attach and a replace while a PASID is attached")
        .replace("d", "h")
        .attaching("d", PASID, "g")
        .succeeds()
        .then()
        .replacing("d", "plain")
        .fails(Errno.EINVAL)
        .isOn("d", 0, "h")
        .detach("d", 0)
        .attaching("d", 0, "plain")
        .fails(Errno.EINVAL)
        .detach("d", PASID)
        .attaching("d", 0, "plain")
        .succeeds()
        .end();
  }

  @Clause("DEV-041")
  private static Case toIoas() {
    return tables("DEV-041", "an attach and a replace")
        .replace("d", "h")
        .then()
        .attaching("d", PASID, "a")
        .fails(Errno.EINVAL)
        .attaching("d", PASID, "g")
        .succeeds()
        .replacing("d", PASID, "a")
        .fails(Errno.EINVAL)
        .isOn("d", PASID, "g")
        .detach("d", PASID)
        .end();
  }

  @Clause("DEV-042")
  private static Case tooLarge() {
    return tables("DEV-042", "more bits than a PASID has")
        .replace("d", "h")
        .then()
        .attaching("d", 1 << 20, "g")
        .fails(Errno.EINVAL)
        .destroy("g")
        .end();
  }

  @Clause("DEV-043")
  private static Case attachedAlready() {
    return tables("DEV-043", "to the page table that it has, and to another")
        .replace("d", "h")
        .attaching("d", PASID, "g")
        .succeeds()
        .then()
        .attaching("d", PASID, "g")
        .fails(Errno.EBUSY)
        .attaching("d", PASID, "h")
        .fails(Errno.EBUSY)
        .detach("d", PASID)
        .end();
  }

  @Clause("DEV-046")
  private static Case ofItsOwn() {
    return tables("DEV-046", "an attach, a replace and a detach leave the device's own table")
        .replace("d", "h")
        .then()
        .attaching("d", PASID, "g")
        .succeeds()
        .isOn("d", PASID, "g")
        .isOn("d", 0, "h")
        .replacing("d", PASID, "h")
        .succeeds()
        .isOn("d", PASID, "h")
        .destroy("g")
        .detach("d", PASID)
        .isDetached("d", PASID)
        .isOn("d", 0, "h")
        .end();
  }

  @Clause("DEV-048")
  private static Case failedReplace() {
    return tables("DEV-048", "the old page table is in force and held, the new one is not")
        .needs(Capability.MOCK)
        .replace("d", "h")
        .attaching("d", FAILING_PASID, "g")
        .succeeds()
        .with(program -> table(program, "new"))
        .then()
        .replacing("d", FAILING_PASID, "new")
        .fails(Errno.ENOMEM)
        .isOn("d", FAILING_PASID, "g")
        .destroy("new")
        .ioctl("IOMMU_DESTROY")
        .id("id", "g")
        .fails(Errno.EBUSY)
        .detach("d", FAILING_PASID)
        .destroy("g")
        .end();
  }

  @Clause("DEV-049")
  private static Case failingPasid() {
    return tables("DEV-049", "every second use fails, a detach begins anew")
        .replace("d", "h")
        .then()
        .attaching("d", FAILING_PASID, "g")
        .succeeds()
        .replacing("d", FAILING_PASID, "h")
        .fails(Errno.ENOMEM)
        .replacing("d", FAILING_PASID, "h")
        .succeeds()
        .detach("d", FAILING_PASID)
        .attaching("d", FAILING_PASID, "g")
        .succeeds()
        .detach("d", FAILING_PASID)
        .end();
  }
}
