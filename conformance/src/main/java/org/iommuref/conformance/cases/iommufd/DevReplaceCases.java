package org.iommuref.conformance.cases.iommufd;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** A replace of the page table of a device that is a group of its own. */
final class DevReplaceCases implements ProgramCaseSet {

  private static final int DIRTY_TRACKING = 2;
  private static final int FOR_PASIDS = 8;
  private static final long NO_ID = 0x7fff_0000;

  @Override
  public List<Case> cases() {
    return List.of(
        withoutAttachment(),
        withoutAttachmentOfPasid(),
        samePageTable(),
        movesTheHolds(),
        failureLeavesTheOld(),
        failureLeavesReservedAddresses(),
        order(),
        pasidsOnDeviceWithout());
  }

  private static Program attached(String clause, String name) {
    return Program.of(clause, name).ioas("a").device("d", "a").hwpt("h", "d", "a");
  }

  /** A device on "g" that cannot track what it writes, and a page table "h" that does. */
  private static Program refused(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.MOCK, Capability.DIRTY_TRACKING)
        .ioas("a")
        .ioas("b")
        .device("d", "a")
        .allocating("d", "b")
        .set("flags", DIRTY_TRACKING)
        .names("out_hwpt_id", "h")
        .succeeds()
        .hwpt("g", "d", "a")
        .plainDevice("e", "g");
  }

  @Clause("DEV-024")
  private static Case withoutAttachment() {
    return attached("DEV-024", "a device that is detached")
        .detach("d", 0)
        .then()
        .replacing("d", "h")
        .fails(Errno.EINVAL)
        .isDetached("d", 0)
        .end();
  }

  @Clause("DEV-024")
  private static Case withoutAttachmentOfPasid() {
    return Program.of("DEV-024", "a PASID that is not attached")
        .ioas("a")
        .pasidDevice("d", "a")
        .allocating("d", "a")
        .set("flags", FOR_PASIDS)
        .names("out_hwpt_id", "h")
        .succeeds()
        .replace("d", "h")
        .then()
        .replacing("d", 7, "h")
        .fails(Errno.EINVAL)
        .isDetached("d", 7)
        .end();
  }

  @Clause("DEV-025")
  private static Case samePageTable() {
    return attached("DEV-025", "it is in force, and held as before")
        .replace("d", "h")
        .then()
        .replace("d", "h")
        .isOn("d", 0, "h")
        .detach("d", 0)
        .destroy("h")
        .end();
  }

  @Clause("DEV-027")
  private static Case movesTheHolds() {
    return attached("DEV-027", "the old page table can be destroyed, the new one cannot")
        .hwpt("g", "d", "a")
        .then()
        .replace("d", "h")
        .replace("d", "g")
        .destroy("h")
        .ioctl("IOMMU_DESTROY")
        .id("id", "g")
        .fails(Errno.EBUSY)
        .detach("d", 0)
        .destroy("g")
        .end();
  }

  @Clause("DEV-030")
  private static Case failureLeavesTheOld() {
    return refused("DEV-030", "a page table that the driver refuses")
        .then()
        .replacing("e", "h")
        .fails(Errno.EINVAL)
        .isOn("e", 0, "g")
        .destroy("h")
        .ioctl("IOMMU_DESTROY")
        .id("id", "g")
        .fails(Errno.EBUSY)
        .detach("e", 0)
        .destroy("g")
        .end();
  }

  @Clause("DEV-031")
  private static Case failureLeavesReservedAddresses() {
    return refused("DEV-031", "a page table of another IOAS that the driver refuses")
        .then()
        .replacing("e", "h")
        .fails(Errno.EINVAL)
        .ranges("a", 1L << 24, (1L << 31) - 1)
        .ranges("b", 1L << 24, (1L << 31) - 1)
        .end();
  }

  @Clause("DEV-033")
  private static Case order() {
    return attached("DEV-033", "a target without an object for a device that is detached")
        .detach("d", 0)
        .then()
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE")
        .id("id", "d.stdev")
        .set("pt_id", NO_ID)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("DEV-044")
  private static Case pasidsOnDeviceWithout() {
    return Program.of("DEV-044", "an attach and a replace without a PASID")
        .needs(Capability.PASID)
        .ioas("a")
        .device("d", "a")
        .allocating("d", "a")
        .set("flags", FOR_PASIDS)
        .names("out_hwpt_id", "h")
        .succeeds()
        .then()
        .replace("d", "h")
        .isOn("d", 0, "h")
        .detach("d", 0)
        .attaching("d", 0, "h")
        .succeeds()
        .isOn("d", 0, "h")
        .end();
  }
}
