package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** The page tables that an attach to an IOAS makes, takes and leaves. */
final class HwptAttachCases implements ProgramCaseSet {

  private static final int SELFTEST = 0xdead;

  /** Above what any unit translates. */
  private static final long TOO_HIGH = 1L << 60;

  @Override
  public List<Case> cases() {
    return List.of(
        madeByAttach(),
        usedAgain(),
        errorEndsTheSearch(),
        handMadeIsPassedOver(),
        noParent(),
        notForPasids(),
        notForDirtyTracking(),
        namedByAttach(),
        namedByReplace(),
        goesWithItsLastDevice(),
        stayedForAnotherDevice(),
        detachedIfItCannotBeFilled(),
        filledBeforeTheReplace());
  }

  @Clause("HWPT-026")
  private static Case madeByAttach() {
    return Program.of("HWPT-026", "a table with an id, that holds the IOAS and its mappings")
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .then()
        .device("d", "a")
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .ioctl("IOMMU_DESTROY")
        .id("id", "a")
        .fails(Errno.EBUSY)
        .end();
  }

  @Clause("HWPT-027")
  private static Case usedAgain() {
    return Program.of("HWPT-027", "two devices on one IOAS")
        .ioas("a")
        .device("d", "a")
        .then()
        .binding("e", "a")
        .givesId("out_hwpt_id", "d.hwpt")
        .succeeds()
        .end();
  }

  /** The third point of failure in such a replace gives EINVAL, the fourth ENOMEM. */
  @Clause("HWPT-028")
  private static Case errorEndsTheSearch() {
    return Program.of("HWPT-028", "a lack of memory while the automatic table is tried")
        .needs(Capability.MOCK)
        .ioas("a")
        .device("d", "a")
        .ioas("b")
        .device("e", "b")
        .then()
        .failNth(4)
        .replacing("e", 0, "a")
        .fails(Errno.ENOMEM)
        .isOn("e", 0, "e.hwpt")
        .failNth(3)
        .replacing("e", 0, "a")
        .names("pt_id", "new")
        .succeeds()
        .isOn("e", 0, "new")
        .destroy("b")
        .end();
  }

  @Clause("HWPT-029")
  private static Case handMadeIsPassedOver() {
    return Program.of("HWPT-029", "the table of HWPT_ALLOC stays free")
        .ioas("a")
        .device("d", "a")
        .ioas("b")
        .hwpt("h", "d", "b")
        .then()
        .replace("d", "b")
        .destroy("h")
        .end();
  }

  @Clause("HWPT-030")
  private static Case noParent() {
    return Program.of("HWPT-030", "no nested table stands on it")
        .needs(Capability.MOCK)
        .ioas("a")
        .device("d", "a")
        .then()
        .allocating("d", "d.hwpt")
        .data(SELFTEST, 8)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-030")
  private static Case notForPasids() {
    return Program.of("HWPT-030", "no PASID is attached to it")
        .needs(Capability.PASID)
        .ioas("a")
        .pasidDevice("d", "a")
        .then()
        .attaching("d", 7, "d.hwpt")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-030")
  private static Case notForDirtyTracking() {
    return Program.of("HWPT-030", "it does not track what is written")
        .needs(Capability.DIRTY_TRACKING)
        .ioas("a")
        .device("d", "a")
        .then()
        .ioctl("IOMMU_HWPT_SET_DIRTY_TRACKING")
        .id("hwpt_id", "d.hwpt")
        .set("flags", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-031")
  private static Case namedByAttach() {
    return Program.of("HWPT-031", "the id that an attach returns is that of its table")
        .ioas("a")
        .then()
        .device("d", "a")
        .isOn("d", 0, "d.hwpt")
        .ioctl("IOMMU_DESTROY")
        .id("id", "d.hwpt")
        .fails(Errno.EBUSY)
        .end();
  }

  @Clause("HWPT-031")
  private static Case namedByReplace() {
    return Program.of("HWPT-031", "the id that a replace returns is that of its table")
        .ioas("a")
        .ioas("b")
        .device("d", "a")
        .then()
        .replacing("d", "b")
        .names("pt_id", "h")
        .succeeds()
        .isOn("d", 0, "h")
        .end();
  }

  @Clause("HWPT-032")
  private static Case goesWithItsLastDevice() {
    return Program.of("HWPT-032", "after a replace and after a detach")
        .ioas("a")
        .ioas("b")
        .device("d", "a")
        .then()
        .replacing("d", "b")
        .names("pt_id", "h")
        .succeeds()
        .ioctl("IOMMU_DESTROY")
        .id("id", "d.hwpt")
        .fails(Errno.ENOENT)
        .destroy("a")
        .detach("d", 0)
        .ioctl("IOMMU_DESTROY")
        .id("id", "h")
        .fails(Errno.ENOENT)
        .destroy("b")
        .end();
  }

  @Clause("HWPT-032")
  private static Case stayedForAnotherDevice() {
    return Program.of("HWPT-032", "only the last device takes it away")
        .needs(Capability.TWO_DEVICES)
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .device("d", "a")
        .device("e", "a")
        .then()
        .detach("d", 0)
        .mapsTo("e.hwpt", IOVA, MEMORY, PAGE)
        .detach("e", 0)
        .destroy("a")
        .end();
  }

  @Clause("HWPT-034")
  private static Case detachedIfItCannotBeFilled() {
    return Program.of("HWPT-034", "a mapping that the unit cannot translate")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .detach("d", 0)
        .ioas("full")
        .map("full", TOO_HIGH, 1)
        .then()
        .attaching("d", 0, "full")
        .fails(Errno.EADDRINUSE)
        .isDetached("d", 0)
        .attaching("d", 0, "a")
        .succeeds()
        .end();
  }

  @Clause("HWPT-035")
  private static Case filledBeforeTheReplace() {
    return Program.of("HWPT-035", "a table that cannot be filled leaves the device where it is")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .ioas("full")
        .map("full", TOO_HIGH, 1)
        .then()
        .replacing("d", "full")
        .fails(Errno.EADDRINUSE)
        .isOn("d", 0, "d.hwpt")
        .end();
  }
}
