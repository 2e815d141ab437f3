package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Units.allocation;
import static org.iommuref.conformance.cases.iommufd.Units.nested;
import static org.iommuref.conformance.cases.iommufd.Units.parent;
import static org.iommuref.conformance.cases.iommufd.Units.unit;
import static org.iommuref.conformance.cases.iommufd.Units.virtualDevice;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Virtual units and virtual devices. */
final class ViommuCases implements ProgramCaseSet {

  private static final int VIRTUAL_ID = 0x99;

  /** The ids of objects that {@link Units#unit} makes. */
  private static final int DEVICE_ID = 3;

  private static final int UNIT_ID = 6;

  @Override
  public List<Case> cases() {
    return List.of(
        flagsAndType(),
        unknownDevice(),
        otherType(),
        unknownPageTable(),
        noParent(),
        driverRefuses(),
        orderOfChecks(),
        withoutData(),
        survivesItsDevice(),
        deviceWithoutUnit(),
        unitWithoutDevice(),
        secondOfADevice(),
        virtualIdTwice(),
        virtualIdOnTwoUnits(),
        orderOfDeviceChecks(),
        foundAfterwards(),
        destroyed(),
        unbindLeavesTombstone(),
        nestedWantsDevice(),
        dataOfMock());
  }

  @Clause("VIOMMU-001")
  private static Case flagsAndType() {
    Program program = parent("VIOMMU-001", "a flag, and type 0").then();
    allocation(program, "unit").set("flags", 1).fails(Errno.EOPNOTSUPP);
    return allocation(program, "unit").set("type", 0).fails(Errno.EOPNOTSUPP).end();
  }

  @Clause("VIOMMU-002")
  private static Case unknownDevice() {
    Program program = parent("VIOMMU-002", "an IOAS in place of the device").then();
    return allocation(program, "unit").id("dev_id", "a").fails(Errno.ENOENT).end();
  }

  @Clause("VIOMMU-003")
  private static Case otherType() {
    Program program = parent("VIOMMU-003", "a type that the driver lacks").then();
    return allocation(program, "unit").set("type", 1).fails(Errno.EOPNOTSUPP).end();
  }

  @Clause("VIOMMU-004")
  private static Case unknownPageTable() {
    Program program = parent("VIOMMU-004", "an IOAS in place of the page table").then();
    return allocation(program, "unit").id("hwpt_id", "a").fails(Errno.ENOENT).end();
  }

  @Clause("VIOMMU-005")
  private static Case noParent() {
    Program program = parent("VIOMMU-005", "a page table that is no parent").hwpt("h", "dev", "a");
    program.then();
    return allocation(program, "unit").id("hwpt_id", "h").fails(Errno.EINVAL).end();
  }

  @Clause("VIOMMU-006")
  private static Case driverRefuses() {
    Program program = parent("VIOMMU-006", "data that are too short for the driver").then();
    return allocation(program, "unit")
        .set("data_len", 1)
        .set("data_uptr", Program.DATA)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("VIOMMU-007")
  private static Case orderOfChecks() {
    Program program =
        parent("VIOMMU-007", "calls with two mistakes each").hwpt("h", "dev", "a").then();
    allocation(program, "u").set("flags", 1).id("dev_id", "a").fails(Errno.EOPNOTSUPP);
    allocation(program, "u").set("type", 0).id("dev_id", "a").fails(Errno.EOPNOTSUPP);
    allocation(program, "u").id("dev_id", "a").set("type", 1).fails(Errno.ENOENT);
    allocation(program, "u").set("type", 1).id("hwpt_id", "a").fails(Errno.EOPNOTSUPP);
    allocation(program, "u").id("dev_id", "a").id("hwpt_id", "h").fails(Errno.ENOENT);
    return allocation(program, "u")
        .id("hwpt_id", "a")
        .set("data_len", 1)
        .set("data_uptr", Program.DATA)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("VIOMMU-008")
  private static Case withoutData() {
    Program program = parent("VIOMMU-008", "a pointer to nowhere and no length").then();
    return allocation(program, "unit").set("data_uptr", Program.NOWHERE).succeeds().end();
  }

  @Clause("VIOMMU-009")
  private static Case survivesItsDevice() {
    return unit("VIOMMU-009", "the device that it was made with is unbound")
        .device("other", "a")
        .then()
        .destroy("dev.stdev")
        .ioctl("IOMMU_VDEVICE_ALLOC")
        .id("viommu_id", "unit")
        .id("dev_id", "other")
        .set("virt_id", 1)
        .succeeds()
        .end();
  }

  @Clause("VIOMMU-010")
  private static Case deviceWithoutUnit() {
    Program program = unit("VIOMMU-010", "a page table in place of the unit").then();
    return virtualDevice(program, "parent", "dev", 1, "v").fails(Errno.ENOENT).end();
  }

  @Clause("VIOMMU-011")
  private static Case unitWithoutDevice() {
    Program program = unit("VIOMMU-011", "an IOAS in place of the device").then();
    return virtualDevice(program, "unit", "a", 1, "v").fails(Errno.ENOENT).end();
  }

  @Clause("VIOMMU-013")
  private static Case secondOfADevice() {
    Program program = unit("VIOMMU-013", "a second one of the same device, on another unit");
    allocation(program, "second").succeeds();
    virtualDevice(program, "unit", "dev", 1, "v").succeeds().then();
    virtualDevice(program, "unit", "dev", 2, "w").fails(Errno.EEXIST);
    return virtualDevice(program, "second", "dev", 2, "w").fails(Errno.EEXIST).end();
  }

  @Clause("VIOMMU-014")
  private static Case virtualIdTwice() {
    Program program = unit("VIOMMU-014", "a virtual id that another device has");
    program.device("other", "a");
    virtualDevice(program, "unit", "dev", 1, "v").succeeds().then();
    return virtualDevice(program, "unit", "other", 1, "w").fails(Errno.EEXIST).end();
  }

  @Clause("VIOMMU-015")
  private static Case virtualIdOnTwoUnits() {
    Program program = unit("VIOMMU-015", "one virtual id on two units");
    program.device("other", "a");
    allocation(program, "second").succeeds();
    virtualDevice(program, "unit", "dev", 1, "v").succeeds().then();
    return virtualDevice(program, "second", "other", 1, "w").succeeds().end();
  }

  @Clause("VIOMMU-017")
  private static Case orderOfDeviceChecks() {
    Program program = unit("VIOMMU-017", "calls with two mistakes each");
    program.device("other", "a");
    virtualDevice(program, "unit", "dev", 1, "v").succeeds().then();
    virtualDevice(program, "a", "dev", 2, "w").fails(Errno.ENOENT);
    virtualDevice(program, "unit", "a", 1, "w").fails(Errno.ENOENT);
    return virtualDevice(program, "a", "other", 1, "w").fails(Errno.ENOENT).end();
  }

  @Clause("VIOMMU-018")
  private static Case foundAfterwards() {
    Program program = unit("VIOMMU-018", "before, after a call that failed, and after one");
    program
        .mapMemory(NOWHERE, 1)
        .put32(NOWHERE, 24, UNIT_ID, DEVICE_ID, 0, VIRTUAL_ID, 0)
        .protect(NOWHERE, 1)
        .then();
    invalidation(program).fails(Errno.EINVAL);
    program.ioctl("IOMMU_VDEVICE_ALLOC").at(NOWHERE).fails(Errno.EFAULT);
    invalidation(program).fails(Errno.EINVAL);
    virtualDevice(program, "unit", "dev", VIRTUAL_ID, "v").succeeds();
    return invalidation(program).succeeds().end();
  }

  /** A command of the guest's for the device with the virtual id. */
  private static Ioctl invalidation(Program program) {
    return program
        .put32(Program.DATA, 0, VIRTUAL_ID, 0)
        .ioctl("IOMMU_HWPT_INVALIDATE")
        .id("hwpt_id", "unit")
        .set("data_uptr", Program.DATA)
        .set("data_type", Units.TYPE)
        .set("entry_len", 12)
        .set("entry_num", 1);
  }

  @Clause("VIOMMU-019")
  private static Case destroyed() {
    Program program = unit("VIOMMU-019", "device and virtual id are free again");
    virtualDevice(program, "unit", "dev", 1, "v").succeeds().then();
    program.destroy("v");
    return virtualDevice(program, "unit", "dev", 1, "w").succeeds().end();
  }

  @Clause("VIOMMU-020")
  private static Case unbindLeavesTombstone() {
    Program program = unit("VIOMMU-020", "the id of the virtual device is never given again");
    program.device("other", "a");
    virtualDevice(program, "unit", "dev", 1, "v").succeeds();
    return program
        .destroy("dev.stdev")
        .then()
        .ioctl("IOMMU_DESTROY")
        .id("id", "v")
        .fails(Errno.ENOENT)
        .ioas("b")
        .ioas("c")
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 10)
        .succeeds()
        .end();
  }

  @Clause("VIOMMU-022")
  private static Case nestedWantsDevice() {
    Program program = nested(unit("VIOMMU-022", "a device without a virtual one"), "unit", "n");
    program
        .then()
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE")
        .id("id", "dev.stdev")
        .id("pt_id", "n")
        .fails(Errno.ENOENT);
    virtualDevice(program, "unit", "dev", 1, "v").succeeds();
    return program.replace("dev", "n").end();
  }

  @Clause("VIOMMU-023")
  private static Case dataOfMock() {
    Program program = parent("VIOMMU-023", "a word that comes back, and a region of two pages");
    program.put32(Program.DATA, 0x1357, 0, 0, 0, 0, 0).then();
    return allocation(program, "unit")
        .set("data_len", 24)
        .set("data_uptr", Program.DATA)
        .succeeds()
        .holds(Program.DATA, "57130000571300000010000000000000" + "0020000000000000")
        .end();
  }
}
