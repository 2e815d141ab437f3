package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Ids of objects: how they are given out, found and given back. */
final class ObjIdCases implements ProgramCaseSet {

  private static final long NO_ID = 0x7fff_0000;
  private static final int FAULT_ID_VALID = 4;
  private static final long VIRTUAL_UNIT = 0xdead_beefL;

  @Override
  public List<Case> cases() {
    return List.of(
        oneSpace(),
        lowestFirst(),
        zero(),
        freeAgain(),
        namesNothing(),
        wrongType(),
        destroyOfNothing(),
        destroyOfWhatIsInUse(),
        releasedByTheDriver(),
        tombstoneKeepsItsId(),
        tombstoneNamesNothing(),
        failureLeavesNothing(),
        failureLeavesNoHold(),
        unwrittenAnswer());
  }

  /** The virtual device of a device that has gone, under the id 7 after ids 1 to 6. */
  private static Program tombstone(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.VIOMMU, Capability.MOCK)
        .ioas("a")
        .device("d", "a")
        .parent("p", "d", "a")
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", VIRTUAL_UNIT)
        .id("dev_id", "d")
        .id("hwpt_id", "p")
        .names("out_viommu_id", "v")
        .succeeds()
        .ioctl("IOMMU_VDEVICE_ALLOC")
        .id("viommu_id", "v")
        .id("dev_id", "d")
        .set("virt_id", 0x99)
        .names("out_vdevice_id", "virtual")
        .succeeds()
        .destroy("d.stdev");
  }

  @Clause("OBJ-001")
  private static Case oneSpace() {
    return Program.of("OBJ-001", "an IOAS, a queue of faults and an IOAS")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 1)
        .succeeds()
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .gives("out_fault_id", 2)
        .succeeds()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 3)
        .succeeds()
        .end();
  }

  @Clause("OBJ-002")
  private static Case lowestFirst() {
    return Program.of("OBJ-002", "1, 2 and 3")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 1)
        .succeeds()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 2)
        .succeeds()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 3)
        .succeeds()
        .end();
  }

  @Clause("OBJ-003")
  private static Case zero() {
    return Program.of("OBJ-003", "DESTROY and IOAS_UNMAP of id 0")
        .ioas("a")
        .then()
        .ioctl("IOMMU_DESTROY")
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_IOAS_UNMAP")
        .set("length", PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("OBJ-004")
  private static Case freeAgain() {
    return Program.of("OBJ-004", "the second of three ids")
        .ioas("a")
        .ioas("b")
        .ioas("c")
        .then()
        .destroy("b")
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 2)
        .succeeds()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 4)
        .succeeds()
        .end();
  }

  @Clause("OBJ-006")
  private static Case namesNothing() {
    return Program.of("OBJ-006", "IOAS_UNMAP, IOAS_IOVA_RANGES and GET_HW_INFO")
        .then()
        .ioctl("IOMMU_IOAS_UNMAP")
        .set("ioas_id", NO_ID)
        .set("length", PAGE)
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .set("ioas_id", NO_ID)
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_GET_HW_INFO")
        .set("dev_id", NO_ID)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("OBJ-007")
  private static Case wrongType() {
    return Program.of("OBJ-007", "an IOAS as a device, a queue of faults as an IOAS")
        .ioas("a")
        .with(program -> Faults.queue(program, "faults"))
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", "a")
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_IOAS_UNMAP")
        .id("ioas_id", "faults")
        .set("length", PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("OBJ-009")
  private static Case destroyOfNothing() {
    return Program.of("OBJ-009", "an id that never was, and one that is gone")
        .ioas("a")
        .destroy("a")
        .then()
        .ioctl("IOMMU_DESTROY")
        .set("id", NO_ID)
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_DESTROY")
        .id("id", "a")
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("OBJ-010")
  private static Case destroyOfWhatIsInUse() {
    return Program.of("OBJ-010", "an IOAS with a page table keeps its mappings")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .map("a", IOVA, 1)
        .then()
        .ioctl("IOMMU_DESTROY")
        .id("id", "a")
        .fails(Errno.EBUSY)
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .pins(MEMORY, PAGE, 1)
        .end();
  }

  @Clause("OBJ-015")
  private static Case releasedByTheDriver() {
    return Program.of("OBJ-015", "the id of a device that was unplugged")
        .ioas("a")
        .device("d", "a")
        .then()
        .destroy("d.stdev")
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", "d")
        .fails(Errno.ENOENT)
        .allocating("d", "a")
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_DESTROY")
        .id("id", "d")
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("OBJ-016")
  private static Case tombstoneKeepsItsId() {
    return tombstone("OBJ-016", "the ids of the device and of its table come first, then the next")
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 2)
        .succeeds()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 3)
        .succeeds()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 4)
        .succeeds()
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 8)
        .succeeds()
        .end();
  }

  @Clause("OBJ-017")
  private static Case tombstoneNamesNothing() {
    return tombstone("OBJ-017", "DESTROY, and a use as an IOAS")
        .then()
        .ioctl("IOMMU_DESTROY")
        .id("id", "virtual")
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", "virtual")
        .fails(Errno.ENOENT)
        .destroy("v")
        .end();
  }

  @Clause("OBJ-018")
  private static Case failureLeavesNothing() {
    return Program.of("OBJ-018", "the next object has the id that the one that failed would have")
        .ioas("a")
        .device("d", "a")
        .ioas("b")
        .then()
        .allocating("d", "b")
        .set("flags", 0x10)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .set("flags", 1)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 6)
        .succeeds()
        .destroy("b")
        .end();
  }

  @Clause("OBJ-018")
  private static Case failureLeavesNoHold() {
    return Program.of("OBJ-018", "a page table that fails at its last check")
        .needs(Capability.PAGE_REQUESTS)
        .ioas("a")
        .device("d", "a")
        .ioas("b")
        .then()
        .allocating("d", "b")
        .set("flags", FAULT_ID_VALID)
        .set("fault_id", NO_ID)
        .fails(Errno.ENOENT)
        .destroy("b")
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 5)
        .succeeds()
        .end();
  }

  @Clause("OBJ-019")
  private static Case unwrittenAnswer() {
    return Program.of("OBJ-019", "an IOAS whose id cannot be told")
        .mapMemory(NOWHERE, 1)
        .put32(NOWHERE, 12, 0, 0)
        .protect(NOWHERE, 1)
        .then()
        .ioctl("IOMMU_IOAS_ALLOC")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 1)
        .succeeds()
        .end();
  }
}
