package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pin;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** What the destruction of an object takes with it, and what the close of a context does. */
final class ObjEndCases implements ProgramCaseSet {

  private static final int FAULT_ID_VALID = 4;
  private static final int ALLOC_PASID = 8;
  private static final long VIRTUAL_UNIT = 0xdead_beefL;

  /** Where the first region of a context lies in its file. */
  private static final String REGION = "0x1000";

  @Override
  public List<Case> cases() {
    return List.of(
        mockDevice(),
        mockDeviceWithPasid(),
        ioas(),
        pageTable(),
        pageTableWithFaultQueue(),
        nested(),
        unit(),
        virtualDevice(),
        close(),
        queueKeepsTheContext(),
        accessKeepsTheContext(),
        mappingKeepsTheContext(),
        mockDeviceGoesWithTheContext());
  }

  private static Program mapped(String clause, String name) {
    return Program.of(clause, name).memory(1).ioas("a").device("d", "a").map("a", IOVA, 1);
  }

  private static Program isPinned(Program program, int times) {
    return program
        .ioctl("IOMMU_TEST_OP_MD_CHECK_REFS")
        .on("other")
        .set("length", PAGE)
        .set("uptr", MEMORY)
        .set("refs", times)
        .succeeds();
  }

  private static Program allocatesUnit(Program program) {
    return program
        .needs(Capability.VIOMMU, Capability.MOCK)
        .parent("p", "d", "a")
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", VIRTUAL_UNIT)
        .id("dev_id", "d")
        .id("hwpt_id", "p")
        .names("out_viommu_id", "v")
        .succeeds();
  }

  @Clause("OBJ-035")
  private static Case mockDevice() {
    return mapped("OBJ-035", "its page table and its device go with it")
        .then()
        .destroy("d.stdev")
        .ioctl("IOMMU_DESTROY")
        .id("id", "d")
        .fails(Errno.ENOENT)
        .pins(MEMORY, PAGE, 0)
        .destroy("a")
        .end();
  }

  @Clause("OBJ-036")
  private static Case mockDeviceWithPasid() {
    return Program.of("OBJ-036", "its device is left behind for good, or gone")
        .needs(Capability.MOCK)
        .ioas("a")
        .pasidDevice("d", "a")
        .allocating("d", "a")
        .set("flags", ALLOC_PASID)
        .names("out_hwpt_id", "h")
        .succeeds()
        .replace("d", "h")
        .attaching("d", 5, "h")
        .succeeds()
        .then()
        .destroy("d.stdev")
        .ioctl("IOMMU_DESTROY")
        .id("id", "d")
        .fails(Errno.EBUSY, Errno.ENOENT)
        .end();
  }

  @Clause("OBJ-037")
  private static Case ioas() {
    return mapped("OBJ-037", "what another IOAS shares stays")
        .ioas("b")
        .ioctl("IOMMU_IOAS_COPY")
        .set("flags", Program.FIXED)
        .id("dst_ioas_id", "b")
        .id("src_ioas_id", "a")
        .set("length", PAGE)
        .set("dst_iova", IOVA)
        .set("src_iova", IOVA)
        .succeeds()
        .replacing("d", "b")
        .names("pt_id", "h")
        .succeeds()
        .then()
        .destroy("a")
        .mapsTo("h", IOVA, MEMORY, PAGE)
        .pins(MEMORY, PAGE, 1)
        .detach("d", 0)
        .destroy("b")
        .pins(MEMORY, PAGE, 0)
        .end();
  }

  @Clause("OBJ-038")
  private static Case pageTable() {
    return mapped("OBJ-038", "the pins and the IOAS")
        .detach("d", 0)
        .hwpt("h", "d", "a")
        .pins(MEMORY, PAGE, 1)
        .then()
        .destroy("h")
        .pins(MEMORY, PAGE, 0)
        .destroy("a")
        .end();
  }

  @Clause("OBJ-038")
  private static Case pageTableWithFaultQueue() {
    return mapped("OBJ-038", "the queue of faults")
        .needs(Capability.PAGE_REQUESTS)
        .with(program -> Faults.queue(program, "faults"))
        .close("faults.fd")
        .allocating("d", "a")
        .set("flags", FAULT_ID_VALID)
        .id("fault_id", "faults")
        .names("out_hwpt_id", "h")
        .succeeds()
        .then()
        .destroy("h")
        .destroy("faults")
        .end();
  }

  @Clause("OBJ-039")
  private static Case nested() {
    return mapped("OBJ-039", "the parent and the queue of faults")
        .needs(Capability.PAGE_REQUESTS, Capability.MOCK)
        .with(program -> Faults.queue(program, "faults"))
        .close("faults.fd")
        .parent("p", "d", "a")
        .put32(Program.DATA, 0, 0)
        .allocating("d", "p")
        .set("flags", FAULT_ID_VALID)
        .id("fault_id", "faults")
        .data(0xdead, 8)
        .names("out_hwpt_id", "n")
        .succeeds()
        .then()
        .destroy("n")
        .destroy("faults")
        .destroy("p")
        .ioctl("IOMMU_DESTROY")
        .id("id", "p")
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("OBJ-040")
  private static Case unit() {
    return mapped("OBJ-040", "the page table beneath")
        .with(ObjEndCases::allocatesUnit)
        .then()
        .destroy("v")
        .destroy("p")
        .ioctl("IOMMU_DESTROY")
        .id("id", "p")
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("OBJ-041")
  private static Case virtualDevice() {
    return mapped("OBJ-041", "its number and its device take part in a new one")
        .with(ObjEndCases::allocatesUnit)
        .ioctl("IOMMU_VDEVICE_ALLOC")
        .id("viommu_id", "v")
        .id("dev_id", "d")
        .set("virt_id", 0x99)
        .names("out_vdevice_id", "virtual")
        .succeeds()
        .then()
        .destroy("virtual")
        .ioctl("IOMMU_VDEVICE_ALLOC")
        .id("viommu_id", "v")
        .id("dev_id", "d")
        .set("virt_id", 0x99)
        .names("out_vdevice_id", "virtual")
        .succeeds()
        .destroy("virtual")
        .destroy("v")
        .end();
  }

  @Clause("OBJ-042")
  private static Case close() {
    return mapped("OBJ-042", "pins and charges, with a device attached")
        .open("other")
        .with(program -> isPinned(program, 1))
        .then()
        .close(Program.IOMMU)
        .with(program -> isPinned(program, 0))
        .accounts(0, 0)
        .end();
  }

  @Clause("OBJ-046")
  private static Case queueKeepsTheContext() {
    return mapped("OBJ-046", "pins stay until the descriptor of a queue of faults is closed")
        .with(program -> Faults.queue(program, "faults"))
        .open("other")
        .then()
        .close(Program.IOMMU)
        .with(program -> isPinned(program, 1))
        .close("faults.fd")
        .with(program -> isPinned(program, 0))
        .end();
  }

  @Clause("OBJ-047")
  private static Case accessKeepsTheContext() {
    return Program.of("OBJ-047", "pins of an access stay until it is closed")
        .needs(Capability.KERNEL_ACCESS)
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .with(access("x", "a"))
        .with(pin("pages", "x", IOVA, PAGE))
        .open("other")
        .then()
        .close(Program.IOMMU)
        .with(program -> isPinned(program, 1))
        .close("x")
        .with(program -> isPinned(program, 0))
        .end();
  }

  @Clause("OBJ-048")
  private static Case mappingKeepsTheContext() {
    String main = ProgramCall.MAIN;
    return mapped("OBJ-048", "pins stay until a region of a VIOMMU is mapped no more")
        .needs(Capability.VIOMMU, Capability.MOCK)
        .parent("p", "d", "a")
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", VIRTUAL_UNIT)
        .id("dev_id", "d")
        .id("hwpt_id", "p")
        .set("data_len", 24)
        .set("data_uptr", Program.DATA)
        .succeeds()
        .add(
            new ProgramCall.MapDevice(
                main, Program.IOMMU, REGION, 2 * PAGE, true, false, 4, Expect.SUCCESS))
        .open("other")
        .then()
        .close(Program.IOMMU)
        .with(program -> isPinned(program, 1))
        .add(new ProgramCall.ForgetDevice(main, Program.IOMMU, REGION, Expect.SUCCESS))
        .with(program -> isPinned(program, 0))
        .end();
  }

  @Clause("OBJ-049")
  private static Case mockDeviceGoesWithTheContext() {
    return mapped("OBJ-049", "no pin is left when the file is closed")
        .open("other")
        .then()
        .close(Program.IOMMU)
        .with(program -> isPinned(program, 0))
        .end();
  }
}
