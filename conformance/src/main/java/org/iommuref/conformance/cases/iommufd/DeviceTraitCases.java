package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.ANY_FIRST_STAGE;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.REGION;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.among;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.bound;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.inOneGroup;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.nested;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.page;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.parent;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.reading;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.reserving;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.DeviceTraits.Feature;

/** Devices that are not like others: what binds them, and what they can be attached to. */
final class DeviceTraitCases implements ProgramCaseSet {

  private static final int ALLOC_PASID = 8;

  /** An extension of VFIO. */
  private static final int DMA_CC = 4;

  /** Bits of out_capabilities. */
  private static final int PASID_EXEC = 2;

  private static final int PASID_PRIV = 4;
  private static final int NO_ATS = 8;

  @Override
  public List<Case> cases() {
    return List.of(
        incoherent(),
        sharedInterrupts(),
        sharedInterruptsOfMember(),
        boundIsBlocked(),
        otherDriver(),
        cannotEnforce(),
        enforcedByTable(),
        parentOfAnotherDriver(),
        notInvalidated(),
        nothingToInvalidate(),
        withoutPasids(),
        rights());
  }

  @Clause("DEV-001")
  private static Case incoherent() {
    return among("DEV-001", "a device alone", one(Feature.INCOHERENT))
        .ioas("a")
        .then()
        .binding("d", "a")
        .fails(Errno.EINVAL)
        .end();
  }

  private static DeviceTraits one(Feature feature) {
    return DeviceTraits.with(feature);
  }

  @Clause("DEV-003")
  private static Case sharedInterrupts() {
    return among("DEV-003", "a device alone", one(Feature.SHARED_INTERRUPTS))
        .ioas("a")
        .then()
        .binding("d", "a")
        .fails(Errno.EPERM)
        .end();
  }

  @Clause("DEV-003")
  private static Case sharedInterruptsOfMember() {
    return inOneGroup(
            "DEV-003", "the second of a group", DeviceTraits.NONE, one(Feature.SHARED_INTERRUPTS))
        .ioas("a")
        .device("d", "a")
        .then()
        .binding("e", "a")
        .fails(Errno.EPERM)
        .end();
  }

  /** What firmware wants mapped for the time being shows that the device was not blocked before. */
  @Clause("DEV-006")
  private static Case boundIsBlocked() {
    return reserving(
            "DEV-006",
            "an address that was mapped",
            page(REGION, ReservedRegion.Type.DIRECT_RELAXABLE))
        .then()
        .with(program -> bound(program, "d"))
        .with(program -> reading(program, "d", 0, REGION).fails(Errno.EFAULT))
        .with(program -> reading(program, "d", 0, IOVA).fails(Errno.EFAULT))
        .end();
  }

  @Clause("DEV-034")
  private static Case otherDriver() {
    return among(
            "DEV-034",
            "one of another device, and the IOAS of it",
            DeviceTraits.NONE,
            one(Feature.OTHER_DRIVER))
        .ioas("a")
        .device("d", "a")
        .then()
        .binding("e", "d.hwpt")
        .fails(Errno.EINVAL)
        .binding("e", "a")
        .succeeds()
        .with(program -> isElsewhere(program, "e", "d.hwpt"))
        .replacing("e", "d.hwpt")
        .fails(Errno.EINVAL)
        .end();
  }

  private static Program isElsewhere(Program program, String device, String hwpt) {
    return program
        .ioctl("IOMMU_TEST_OP_PASID_CHECK_HWPT")
        .id("id", device + ".stdev")
        .id("hwpt_id", hwpt)
        .fails(Errno.EINVAL);
  }

  @Clause("DEV-035")
  private static Case cannotEnforce() {
    return among("DEV-035", "a device beside one that can", one(Feature.ENFORCES_COHERENCY))
        .ioas("a")
        .device("d", "a")
        .then()
        .binding("e", "d.hwpt")
        .fails(Errno.EINVAL)
        .device("e", "a")
        .with(program -> isElsewhere(program, "e", "d.hwpt"))
        .end();
  }

  @Clause("HWPT-015")
  private static Case enforcedByTable() {
    return among(
            "HWPT-015", "a device that can, and one that cannot", one(Feature.ENFORCES_COHERENCY))
        .with(VfioSteps.contained("a"))
        .device("d", "a")
        .then()
        .with(program -> enforces(program, 1))
        .hwpt("h", "d", "a")
        .with(program -> enforces(program, 1))
        .device("e", "a")
        .with(program -> enforces(program, 0))
        .destroy("e.stdev")
        .with(program -> enforces(program, 1))
        .end();
  }

  /** Whether every page table of the container's IOAS enforces coherency. */
  private static Program enforces(Program program, int yes) {
    return VfioSteps.plain(program, "VFIO_CHECK_EXTENSION", DMA_CC).returns(yes).succeeds();
  }

  @Clause("HWPT-020")
  private static Case parentOfAnotherDriver() {
    Program program =
        among(
                "HWPT-020",
                "a parent that was made for the other device",
                one(Feature.NESTED_TABLES),
                DeviceTraits.with(Feature.NESTED_TABLES, Feature.OTHER_DRIVER))
            .ioas("a")
            .device("d", "a")
            .device("e", "a");
    parent(program, "own", "d", "a").then();
    program.allocating("e", "own").data(ANY_FIRST_STAGE, 8).fails(Errno.EINVAL);
    return nested(program, "n", "d", "own").end();
  }

  @Clause("GINV-005")
  private static Case notInvalidated() {
    return among("GINV-005", "an IOAS, though its driver invalidates nothing", DeviceTraits.NONE)
        .ioas("a")
        .device("d", "a")
        .then()
        .ioctl("IOMMU_HWPT_INVALIDATE")
        .id("hwpt_id", "a")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("GINV-006")
  private static Case nothingToInvalidate() {
    Program program =
        among("GINV-006", "a driver that caches nothing", one(Feature.NESTED_TABLES))
            .ioas("a")
            .device("d", "a");
    nested(parent(program, "own", "d", "a"), "n", "d", "own").then();
    return program
        .ioctl("IOMMU_HWPT_INVALIDATE")
        .id("hwpt_id", "n")
        .gives("entry_num", 0)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("DEV-045")
  private static Case withoutPasids() {
    return among("DEV-045", "a page that is mapped", DeviceTraits.withPasids(0))
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .device("d", "a")
        .allocating("d", "a")
        .set("flags", ALLOC_PASID)
        .names("out_hwpt_id", "h")
        .succeeds()
        .detach("d", 0)
        .then()
        .attaching("d", 5, "h")
        .succeeds()
        .isOn("d", 5, "h")
        .with(program -> reading(program, "d", 5, IOVA).fails(Errno.EFAULT))
        .with(program -> reading(program, "d", 0, IOVA).fails(Errno.EFAULT))
        .detach("d", 5)
        .isDetached("d", 5)
        .end();
  }

  @Clause("DEV-065")
  private static Case rights() {
    return among(
            "DEV-065",
            "each right alone, and both without PASIDs",
            one(Feature.PASID_EXECUTE),
            one(Feature.PASID_PRIVILEGED))
        .needs(Capability.PASID)
        .lacks(Capability.DIRTY_TRACKING)
        .ioas("a")
        .device("d", "a")
        .device("e", "a")
        .then()
        .with(program -> tells(program, "d", PASID_EXEC | NO_ATS))
        .with(program -> tells(program, "e", PASID_PRIV | NO_ATS))
        .end();
  }

  private static Program tells(Program program, String device, long capabilities) {
    return program
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", device)
        .gives("out_capabilities", capabilities)
        .succeeds();
  }
}
