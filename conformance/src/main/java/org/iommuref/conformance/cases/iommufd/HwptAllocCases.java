package org.iommuref.conformance.cases.iommufd;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** What HWPT_ALLOC takes, and what it makes of an IOAS. */
final class HwptAllocCases implements ProgramCaseSet {

  private static final int DIRTY_TRACKING = 2;
  private static final int FAULT_ID_VALID = 4;
  private static final int NO_SUCH_FLAG = 0x10;
  private static final int NO_DRIVERS_TYPE = 0x7fff_fff0;
  private static final int SELFTEST = 0xdead;
  private static final int NO_ID = 0x7fff_0000;

  /** Above what any unit translates. */
  private static final long TOO_HIGH = 1L << 60;

  @Override
  public List<Case> cases() {
    return List.of(
        reserved(),
        typeAndLength(),
        noDevice(),
        unknownSource(),
        sourceOfAnotherType(),
        order(),
        plainTables(),
        unknownFlag(),
        dirtyTrackingWithoutCapability(),
        dirtyTrackingWithoutDriver(),
        faultsOfAParent(),
        refusedByTheDriver(),
        orderOfPaging(),
        notAttached(),
        noFaultQueue(),
        ignoredFaultQueue());
  }

  @Clause("HWPT-001")
  private static Case reserved() {
    return Program.of("HWPT-001", "a reserved field that is not zero")
        .then()
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-002")
  private static Case typeAndLength() {
    return Program.of("HWPT-002", "a length without a type, and a type without a length")
        .then()
        .ioctl("IOMMU_HWPT_ALLOC")
        .data(0, 8)
        .fails(Errno.EINVAL)
        .ioctl("IOMMU_HWPT_ALLOC")
        .data(SELFTEST, 0)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-003")
  private static Case noDevice() {
    return Program.of("HWPT-003", "an id without an object, and that of an IOAS")
        .ioas("a")
        .then()
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("dev_id", NO_ID)
        .id("pt_id", "a")
        .fails(Errno.ENOENT)
        .allocating("a", "a")
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("HWPT-004")
  private static Case unknownSource() {
    return Program.of("HWPT-004", "a source that is no object")
        .ioas("a")
        .device("d", "a")
        .then()
        .ioctl("IOMMU_HWPT_ALLOC")
        .id("dev_id", "d")
        .set("pt_id", NO_ID)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-006")
  private static Case sourceOfAnotherType() {
    return Program.of("HWPT-006", "the device itself and a queue of faults as source")
        .ioas("a")
        .device("d", "a")
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .names("out_fault_id", "faults")
        .succeeds()
        .then()
        .allocating("d", "d")
        .fails(Errno.EINVAL)
        .allocating("d", "faults")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-007")
  private static Case order() {
    return Program.of("HWPT-007", "calls that are wrong in two ways each")
        .ioas("a")
        .device("d", "a")
        .then()
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("__reserved", 1)
        .data(0, 8)
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_HWPT_ALLOC")
        .data(0, 8)
        .fails(Errno.EINVAL)
        .ioctl("IOMMU_HWPT_ALLOC")
        .data(SELFTEST, 0)
        .fails(Errno.EINVAL)
        .ioctl("IOMMU_HWPT_ALLOC")
        .fails(Errno.ENOENT)
        .allocating("a", "d")
        .fails(Errno.ENOENT)
        .allocating("d", "d")
        .set("flags", NO_SUCH_FLAG)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWPT-008")
  private static Case plainTables() {
    return Program.of("HWPT-008", "a driver of plain tables: no flag and no data")
        .lacks(Capability.NESTING, Capability.DIRTY_TRACKING)
        .ioas("a")
        .device("dev", "a")
        .then()
        .allocating("dev", "a")
        .set("flags", 1)
        .fails(Errno.EOPNOTSUPP)
        .allocating("dev", "a")
        .set("flags", 2)
        .fails(Errno.EOPNOTSUPP)
        .allocating("dev", "a")
        .data(1, 8)
        .fails(Errno.EOPNOTSUPP)
        .hwpt("h", "dev", "a")
        .end();
  }

  @Clause("HWPT-009")
  private static Case unknownFlag() {
    return Program.of("HWPT-009", "flags that Linux 7.2 does not know")
        .ioas("a")
        .device("d", "a")
        .then()
        .allocating("d", "a")
        .set("flags", NO_SUCH_FLAG)
        .fails(Errno.EOPNOTSUPP)
        .allocating("d", "a")
        .set("flags", 0x8000_0000L)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-010")
  private static Case dirtyTrackingWithoutCapability() {
    return untracked(
        Program.of("HWPT-010", "a device that cannot track what it writes").needs(Capability.MOCK));
  }

  @Clause("HWPT-010")
  private static Case dirtyTrackingWithoutDriver() {
    return untracked(
        Program.of("HWPT-010", "a driver that cannot track what devices write")
            .lacks(Capability.DIRTY_TRACKING));
  }

  private static Case untracked(Program program) {
    return program
        .ioas("a")
        .plainDevice("d", "a")
        .then()
        .allocating("d", "a")
        .set("flags", DIRTY_TRACKING)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-011")
  private static Case faultsOfAParent() {
    return Program.of("HWPT-011", "a parent of nested tables that is to report faults")
        .ioas("a")
        .device("d", "a")
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .names("out_fault_id", "faults")
        .succeeds()
        .then()
        .allocating("d", "a")
        .set("flags", FAULT_ID_VALID | 1)
        .id("fault_id", "faults")
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-012")
  private static Case refusedByTheDriver() {
    return Program.of("HWPT-012", "data of a type that no driver knows")
        .ioas("a")
        .device("d", "a")
        .then()
        .allocating("d", "a")
        .data(NO_DRIVERS_TYPE, 8)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWPT-013")
  private static Case orderOfPaging() {
    return Program.of("HWPT-013", "calls that are wrong in two ways each")
        .needs(Capability.MOCK)
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .ioas("full")
        .map("full", TOO_HIGH, 1)
        .then()
        .allocating("d", "a")
        .set("flags", NO_SUCH_FLAG)
        .data(SELFTEST, 3)
        .fails(Errno.EOPNOTSUPP)
        .allocating("d", "full")
        .data(SELFTEST, 3)
        .fails(Errno.EINVAL)
        .allocating("d", "full")
        .set("flags", FAULT_ID_VALID)
        .fails(Errno.EADDRINUSE)
        .end();
  }

  @Clause("HWPT-014")
  private static Case notAttached() {
    return Program.of("HWPT-014", "a device stays where it is, the new table is free to go")
        .ioas("a")
        .device("d", "a")
        .then()
        .allocating("d", "a")
        .names("out_hwpt_id", "h")
        .succeeds()
        .isOn("d", 0, "d.hwpt")
        .destroy("h")
        .end();
  }

  @Clause("HWPT-023")
  private static Case noFaultQueue() {
    return Program.of("HWPT-023", "a queue of faults that is none, and nothing left behind")
        .needs(Capability.PAGE_REQUESTS)
        .ioas("a")
        .device("d", "a")
        .ioas("b")
        .then()
        .allocating("d", "b")
        .set("flags", FAULT_ID_VALID)
        .set("fault_id", NO_ID)
        .fails(Errno.ENOENT)
        .allocating("d", "b")
        .set("flags", FAULT_ID_VALID)
        .id("fault_id", "d")
        .fails(Errno.ENOENT)
        .destroy("b")
        .end();
  }

  @Clause("HWPT-024")
  private static Case ignoredFaultQueue() {
    return Program.of("HWPT-024", "a number that would be no queue of faults")
        .ioas("a")
        .device("d", "a")
        .then()
        .allocating("d", "a")
        .set("fault_id", NO_ID)
        .names("out_hwpt_id", "h")
        .succeeds()
        .destroy("h")
        .end();
  }
}
