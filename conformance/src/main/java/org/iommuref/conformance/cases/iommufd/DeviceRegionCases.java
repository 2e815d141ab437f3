package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.REGION;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.among;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.nested;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.nesting;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.page;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.parent;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.reserving;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.window;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.DeviceTraits;

/** Devices with reserved regions: what attach, detach and replace make of them. */
final class DeviceRegionCases implements ProgramCaseSet {

  /** Of a device that has two regions, where the second is. */
  private static final long SECOND = REGION + 2 * PAGE;

  private static final long THIRD = REGION + 4 * PAGE;

  /** Where a VT-d unit takes writes for interrupts. */
  private static final long INTERRUPTS = 0xfee0_0000L;

  private static final int ALLOC_PASID = 8;

  @Override
  public List<Case> cases() {
    return List.of(
        whichRegions(),
        interruptsOfVtd(),
        allOrNone(),
        severalWindows(),
        windowsOfBothKinds(),
        attachMeetsMapping(),
        attachMeetsAllowed(),
        nestedReserves(),
        detachFrees(),
        detachKeepsOthers(),
        replaceMeetsMapping(),
        replaceMoves(),
        pasidReservesNothing());
  }

  private static Ioctl mapping(Program program, String ioas, long iova) {
    return program.mapping(ioas, iova, MEMORY, PAGE);
  }

  private static Program isReserved(Program program, String ioas, long iova) {
    return mapping(program, ioas, iova).fails(Errno.EINVAL);
  }

  private static Program isFree(Program program, String ioas, long iova) {
    return mapping(program, ioas, iova).succeeds();
  }

  @Clause("RSV-003")
  private static Case whichRegions() {
    return reserving(
            "RSV-003",
            "one of each kind, and one that is mapped for the time being",
            page(REGION, ReservedRegion.Type.RESERVED),
            page(SECOND, ReservedRegion.Type.DIRECT_RELAXABLE),
            page(THIRD, ReservedRegion.Type.MSI))
        .memory(1)
        .ioas("a")
        .then()
        .device("d", "a")
        .with(program -> isReserved(program, "a", REGION))
        .with(program -> isReserved(program, "a", THIRD))
        .with(program -> isFree(program, "a", SECOND))
        .with(program -> isFree(program, "a", REGION + PAGE))
        .end();
  }

  @Clause("RSV-003")
  private static Case interruptsOfVtd() {
    return Program.of("RSV-003", "where a unit takes writes for interrupts")
        .needs(Capability.VTD)
        .memory(1)
        .ioas("a")
        .then()
        .device("d", "a")
        .with(program -> isReserved(program, "a", INTERRUPTS))
        .with(program -> isReserved(program, "a", INTERRUPTS + 0xf_f000))
        .with(program -> isFree(program, "a", INTERRUPTS - PAGE))
        .with(program -> isFree(program, "a", INTERRUPTS + 0x10_0000))
        .end();
  }

  @Clause("RSV-004")
  private static Case allOrNone() {
    return reserving(
            "RSV-004",
            "the second of two meets a mapping",
            page(REGION, ReservedRegion.Type.RESERVED),
            page(SECOND, ReservedRegion.Type.RESERVED))
        .memory(1)
        .ioas("a")
        .map("a", SECOND, 1)
        .then()
        .binding("d", "a")
        .fails(Errno.EADDRINUSE)
        .with(program -> isFree(program, "a", REGION))
        .end();
  }

  @Clause("RSV-005")
  private static Case severalWindows() {
    return contradicting("two windows of software", window(SECOND), window(1L << 28));
  }

  @Clause("RSV-005")
  private static Case windowsOfBothKinds() {
    return contradicting(
        "a window of each kind", page(SECOND, ReservedRegion.Type.MSI), window(1L << 28));
  }

  private static Case contradicting(String name, ReservedRegion... windows) {
    return among("RSV-005", name, DeviceTraits.reserving(windows))
        .memory(1)
        .ioas("a")
        .then()
        .binding("d", "a")
        .fails(Errno.EINVAL)
        .with(program -> isFree(program, "a", SECOND))
        .binding("d", "a")
        .fails(Errno.EADDRINUSE)
        .end();
  }

  @Clause("DEV-012")
  private static Case attachMeetsMapping() {
    return reserving("DEV-012", "a mapping in the region")
        .memory(1)
        .ioas("a")
        .map("a", REGION, 1)
        .then()
        .binding("d", "a")
        .fails(Errno.EADDRINUSE)
        .unmap("a", REGION, PAGE)
        .with(program -> isFree(program, "a", REGION))
        .end();
  }

  @Clause("DEV-012")
  private static Case attachMeetsAllowed() {
    return reserving("DEV-012", "an allowed range around the region")
        .memory(1)
        .put64(DATA, REGION - PAGE, REGION + 2 * PAGE - 1)
        .ioas("a")
        .ioctl("IOMMU_IOAS_ALLOW_IOVAS")
        .id("ioas_id", "a")
        .set("num_iovas", 1)
        .set("allowed_iovas", DATA)
        .succeeds()
        .then()
        .binding("d", "a")
        .fails(Errno.EADDRINUSE)
        .with(program -> isFree(program, "a", REGION))
        .end();
  }

  @Clause("DEV-013")
  private static Case nestedReserves() {
    return among(
            "DEV-013",
            "an attach and a replace, with a mapping below and without",
            nesting(page(REGION, ReservedRegion.Type.RESERVED)))
        .memory(1)
        .ioas("a")
        .ioas("b")
        .device("d", "a")
        .with(program -> parent(program, "p", "d", "b"))
        .with(program -> nested(program, "n", "d", "p"))
        .map("b", REGION, 1)
        .then()
        .replacing("d", "n")
        .fails(Errno.EADDRINUSE)
        .detach("d", 0)
        .attaching("d", 0, "n")
        .fails(Errno.EADDRINUSE)
        .unmap("b", REGION, PAGE)
        .attaching("d", 0, "n")
        .succeeds()
        .with(program -> isReserved(program, "b", REGION))
        .with(program -> isFree(program, "a", REGION))
        .end();
  }

  @Clause("DEV-023")
  private static Case detachFrees() {
    return reserving("DEV-023", "a device whose region is its alone")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .with(program -> isReserved(program, "a", REGION))
        .then()
        .detach("d", 0)
        .with(program -> isFree(program, "a", REGION))
        .end();
  }

  @Clause("DEV-023")
  private static Case detachKeepsOthers() {
    return reserving("DEV-023", "two devices that reserve the same")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .device("e", "a")
        .then()
        .detach("d", 0)
        .with(program -> isReserved(program, "a", REGION))
        .detach("e", 0)
        .with(program -> isFree(program, "a", REGION))
        .end();
  }

  @Clause("DEV-028")
  private static Case replaceMeetsMapping() {
    return reserving("DEV-028", "a mapping in the other IOAS")
        .memory(1)
        .ioas("a")
        .ioas("b")
        .device("d", "a")
        .map("b", REGION, 1)
        .then()
        .replacing("d", "b")
        .fails(Errno.EADDRINUSE)
        .isOn("d", 0, "d.hwpt")
        .end();
  }

  @Clause("DEV-029")
  private static Case replaceMoves() {
    return reserving("DEV-029", "from one IOAS to another")
        .memory(1)
        .ioas("a")
        .ioas("b")
        .device("d", "a")
        .then()
        .replace("d", "b")
        .with(program -> isReserved(program, "b", REGION))
        .with(program -> isFree(program, "a", REGION))
        .end();
  }

  @Clause("DEV-047")
  private static Case pasidReservesNothing() {
    return reserving("DEV-047", "mappings where the device reserves")
        .needs(Capability.PASID)
        .memory(1)
        .ioas("a")
        .ioas("b")
        .device("d", "a")
        .allocating("d", "a")
        .set("flags", ALLOC_PASID)
        .names("out_hwpt_id", "h")
        .succeeds()
        .replace("d", "h")
        .map("b", REGION, 1)
        .allocating("d", "b")
        .set("flags", ALLOC_PASID)
        .names("out_hwpt_id", "one")
        .succeeds()
        .allocating("d", "b")
        .set("flags", ALLOC_PASID)
        .names("out_hwpt_id", "two")
        .succeeds()
        .then()
        .attaching("d", 5, "one")
        .succeeds()
        .replacing("d", 5, "two")
        .succeeds()
        .unmap("b", REGION, PAGE)
        .with(program -> isFree(program, "b", REGION))
        .end();
  }
}
