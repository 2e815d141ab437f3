package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Objects that hold others: those cannot be destroyed meanwhile. */
final class ObjHolderCases implements ProgramCaseSet {

  private static final int FAULT_ID_VALID = 4;
  private static final int FOR_PASIDS = 8;
  private static final long VIRTUAL_UNIT = 0xdead_beefL;
  private static final long EVENTS = 0xbeef_beefL;

  @Override
  public List<Case> cases() {
    return List.of(
        ioasOfPageTable(),
        parentOfNested(),
        unitOfNested(),
        faultQueueOfPageTable(),
        pageTableOfUnit(),
        unitOfVirtualDevice(),
        unitOfEventQueue(),
        unitOfHardwareQueue(),
        ioasOfAccess(),
        pageTableOfDevice(),
        pageTableOfPasid(),
        faultQueueOfDescriptor(),
        eventQueueOfDescriptor(),
        deviceOfVirtualDevice(),
        deviceOfDriver(),
        accessOfDriver());
  }

  private static Program bound(String clause, String name) {
    return Program.of(clause, name).ioas("a").device("d", "a");
  }

  private static Program unit(String clause, String name) {
    return bound(clause, name)
        .needs(Capability.VIOMMU, Capability.MOCK)
        .parent("p", "d", "a")
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", VIRTUAL_UNIT)
        .id("dev_id", "d")
        .id("hwpt_id", "p")
        .names("out_viommu_id", "v")
        .succeeds();
  }

  private static Program virtualDevice(Program program) {
    return program
        .ioctl("IOMMU_VDEVICE_ALLOC")
        .id("viommu_id", "v")
        .id("dev_id", "d")
        .set("virt_id", 0x99)
        .names("out_vdevice_id", "virtual")
        .succeeds();
  }

  private static Program eventQueue(Program program) {
    return program
        .ioctl("IOMMU_VEVENTQ_ALLOC")
        .id("viommu_id", "v")
        .set("type", EVENTS)
        .set("veventq_depth", 2)
        .names("out_veventq_id", "q")
        .names("out_veventq_fd", "q.fd")
        .succeeds();
  }

  private static Program isHeld(Program program, String object) {
    return program.ioctl("IOMMU_DESTROY").id("id", object).fails(Errno.EBUSY);
  }

  @Clause("OBJ-020")
  private static Case ioasOfPageTable() {
    return bound("OBJ-020", "a page table that was made for it")
        .ioas("b")
        .hwpt("h", "d", "b")
        .then()
        .with(program -> isHeld(program, "b"))
        .destroy("h")
        .destroy("b")
        .end();
  }

  @Clause("OBJ-021")
  private static Case parentOfNested() {
    return bound("OBJ-021", "until the nested page table has gone")
        .parent("p", "d", "a")
        .nested("n", "d", "p")
        .then()
        .with(program -> isHeld(program, "p"))
        .destroy("n")
        .destroy("p")
        .end();
  }

  @Clause("OBJ-022")
  private static Case unitOfNested() {
    return unit("OBJ-022", "until the nested page table has gone")
        .nested("n", "d", "v")
        .then()
        .with(program -> isHeld(program, "v"))
        .destroy("n")
        .destroy("v")
        .end();
  }

  @Clause("OBJ-023")
  private static Case faultQueueOfPageTable() {
    return bound("OBJ-023", "until the page table has gone")
        .needs(Capability.PAGE_REQUESTS)
        .with(program -> Faults.queue(program, "faults"))
        .close("faults.fd")
        .allocating("d", "a")
        .set("flags", FAULT_ID_VALID)
        .id("fault_id", "faults")
        .names("out_hwpt_id", "h")
        .succeeds()
        .then()
        .with(program -> isHeld(program, "faults"))
        .destroy("h")
        .destroy("faults")
        .end();
  }

  @Clause("OBJ-024")
  private static Case pageTableOfUnit() {
    return unit("OBJ-024", "until the VIOMMU has gone")
        .then()
        .with(program -> isHeld(program, "p"))
        .destroy("v")
        .destroy("p")
        .end();
  }

  @Clause("OBJ-025")
  private static Case unitOfVirtualDevice() {
    return unit("OBJ-025", "until the virtual device has gone")
        .with(ObjHolderCases::virtualDevice)
        .then()
        .with(program -> isHeld(program, "v"))
        .destroy("virtual")
        .destroy("v")
        .end();
  }

  @Clause("OBJ-026")
  private static Case unitOfEventQueue() {
    return unit("OBJ-026", "until the queue of events has gone")
        .with(ObjHolderCases::eventQueue)
        .close("q.fd")
        .then()
        .with(program -> isHeld(program, "v"))
        .destroy("q")
        .destroy("v")
        .end();
  }

  @Clause("OBJ-027")
  private static Case unitOfHardwareQueue() {
    return unit("OBJ-027", "until the hardware queue has gone")
        .needs(Capability.HW_QUEUE)
        .memory(1)
        .map("a", IOVA, 1)
        .ioctl("IOMMU_HW_QUEUE_ALLOC")
        .id("viommu_id", "v")
        .set("type", VIRTUAL_UNIT)
        .set("nesting_parent_iova", IOVA)
        .set("length", PAGE)
        .names("out_hw_queue_id", "q")
        .succeeds()
        .then()
        .with(program -> isHeld(program, "v"))
        .destroy("q")
        .destroy("v")
        .end();
  }

  @Clause("OBJ-028")
  private static Case ioasOfAccess() {
    return Program.of("OBJ-028", "until the access is closed")
        .needs(Capability.KERNEL_ACCESS)
        .ioas("a")
        .with(access("x", "a"))
        .then()
        .with(program -> isHeld(program, "a"))
        .close("x")
        .destroy("a")
        .end();
  }

  @Clause("OBJ-029")
  private static Case pageTableOfDevice() {
    return bound("OBJ-029", "until the device has left it")
        .hwpt("h", "d", "a")
        .replace("d", "h")
        .then()
        .with(program -> isHeld(program, "h"))
        .detach("d", 0)
        .destroy("h")
        .end();
  }

  @Clause("OBJ-029")
  private static Case pageTableOfPasid() {
    return Program.of("OBJ-029", "until the PASID has left it")
        .ioas("a")
        .pasidDevice("d", "a")
        .allocating("d", "a")
        .set("flags", FOR_PASIDS)
        .names("out_hwpt_id", "h")
        .succeeds()
        .detach("d", 0)
        .attaching("d", 7, "h")
        .succeeds()
        .then()
        .with(program -> isHeld(program, "h"))
        .detach("d", 7)
        .destroy("h")
        .end();
  }

  @Clause("OBJ-030")
  private static Case faultQueueOfDescriptor() {
    return Program.of("OBJ-030", "until the descriptor is closed")
        .with(program -> Faults.queue(program, "faults"))
        .then()
        .with(program -> isHeld(program, "faults"))
        .close("faults.fd")
        .destroy("faults")
        .end();
  }

  @Clause("OBJ-031")
  private static Case eventQueueOfDescriptor() {
    return unit("OBJ-031", "until the descriptor is closed")
        .with(ObjHolderCases::eventQueue)
        .then()
        .with(program -> isHeld(program, "q"))
        .close("q.fd")
        .destroy("q")
        .end();
  }

  @Clause("OBJ-032")
  private static Case deviceOfVirtualDevice() {
    return unit("OBJ-032", "a device with a virtual device")
        .with(ObjHolderCases::virtualDevice)
        .then()
        .with(program -> isHeld(program, "d"))
        .end();
  }

  @Clause("OBJ-033")
  private static Case deviceOfDriver() {
    return bound("OBJ-033", "a device that is bound, attached and detached")
        .then()
        .with(program -> isHeld(program, "d"))
        .detach("d", 0)
        .with(program -> isHeld(program, "d"))
        .end();
  }

  @Clause("OBJ-034")
  private static Case accessOfDriver() {
    return Program.of("OBJ-034", "the object behind a kernel access, the second of its context")
        .needs(Capability.KERNEL_ACCESS)
        .ioas("a")
        .with(access("x", "a"))
        .then()
        .ioctl("IOMMU_DESTROY")
        .set("id", 2)
        .fails(Errno.EBUSY)
        .end();
  }
}
