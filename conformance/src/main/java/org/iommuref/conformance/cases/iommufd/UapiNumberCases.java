package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** The numbers of flags, options, operations and types. */
final class UapiNumberCases implements ProgramCaseSet {

  private static final long MOCK_INFORMATION = 0xfeed_beefL;

  @Override
  public List<Case> cases() {
    return List.of(
        flagsOfMappings(),
        flagsOfPageTables(),
        flagsOfDirtyTracking(),
        flagOfInformation(),
        options(),
        operationsOfVfio(),
        typeOfInformation(),
        capabilities(),
        unknownTestOperation());
  }

  private static Ioctl mapping(Program program, long flags) {
    return program
        .ioctl("IOMMU_IOAS_MAP")
        .set("flags", flags)
        .id("ioas_id", "a")
        .set("user_va", MEMORY)
        .set("length", PAGE)
        .set("iova", IOVA + PAGE);
  }

  @Clause("UAPI-050")
  private static Case flagsOfMappings() {
    Program program =
        Program.of("UAPI-050", "1 fixed, 2 writeable, 4 readable").memory(1).ioas("a");
    program.then();
    mapping(program, 1).fails(Errno.EINVAL);
    mapping(program, 8).fails(Errno.EOPNOTSUPP);
    mapping(program, 1 | 4).gives("iova", IOVA + PAGE).succeeds();
    mapping(program, 2).gives("iova", PAGE).succeeds();
    return program.end();
  }

  private static Ioctl pageTable(Program program, long flags, String name) {
    return program
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("flags", flags)
        .id("dev_id", "dev")
        .id("pt_id", "a")
        .names("out_hwpt_id", name);
  }

  private static Ioctl dirtyTracking(Program program, String table, long flags) {
    return program.ioctl("IOMMU_HWPT_SET_DIRTY_TRACKING").set("flags", flags).id("hwpt_id", table);
  }

  @Clause("UAPI-051")
  private static Case flagsOfPageTables() {
    Program program =
        Program.of("UAPI-051", "1 a parent, 2 dirty tracking, 16 nothing")
            .needs(Capability.DIRTY_TRACKING, Capability.NESTING)
            .ioas("a")
            .device("dev", "a");
    program.then();
    pageTable(program, 1, "parent").succeeds();
    pageTable(program, 2, "tracking").succeeds();
    pageTable(program, 16, "none").fails(Errno.EOPNOTSUPP);
    dirtyTracking(program, "parent", 1).fails(Errno.EOPNOTSUPP);
    dirtyTracking(program, "tracking", 1).succeeds();
    return program.end();
  }

  @Clause("UAPI-052")
  private static Case flagsOfDirtyTracking() {
    Program program =
        Program.of("UAPI-052", "1 enables, 1 does not clear")
            .needs(Capability.DIRTY_TRACKING)
            .ioas("a")
            .device("dev", "a");
    pageTable(program, 2, "table").succeeds();
    program.then();
    dirtyTracking(program, "table", 2).fails(Errno.EOPNOTSUPP);
    dirtyTracking(program, "table", 1).succeeds();
    bitmap(program, 2).fails(Errno.EOPNOTSUPP);
    bitmap(program, 1).succeeds();
    return program.end();
  }

  private static Ioctl bitmap(Program program, long flags) {
    return program
        .ioctl("IOMMU_HWPT_GET_DIRTY_BITMAP")
        .id("hwpt_id", "table")
        .set("flags", flags)
        .set("iova", IOVA)
        .set("length", PAGE)
        .set("page_size", PAGE)
        .set("data", Program.ANSWER);
  }

  @Clause("UAPI-053")
  private static Case flagOfInformation() {
    return Program.of("UAPI-053", "1 says that a type is asked for")
        .ioas("a")
        .device("dev", "a")
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .set("flags", 2)
        .id("dev_id", "dev")
        .fails(Errno.EOPNOTSUPP)
        .ioctl("IOMMU_GET_HW_INFO")
        .set("flags", 1)
        .id("dev_id", "dev")
        .succeeds()
        .end();
  }

  private static Ioctl option(Program program, int option, int operation) {
    Ioctl call = program.ioctl("IOMMU_OPTION").set("option_id", option).set("op", operation);
    return option == 1 ? call.id("object_id", "a") : call;
  }

  @Clause("UAPI-056")
  private static Case options() {
    Program program = Program.of("UAPI-056", "options 0 and 1, set 0, get 1").ioas("a");
    program.then();
    option(program, 1, 1).gives("val64", 1).succeeds();
    option(program, 1, 0).set("val64", 0).succeeds();
    option(program, 1, 1).gives("val64", 0).succeeds();
    option(program, 0, 1).gives("val64", 0).succeeds();
    option(program, 2, 1).fails(Errno.EOPNOTSUPP);
    option(program, 1, 2).fails(Errno.EOPNOTSUPP);
    return program.end();
  }

  private static Ioctl ofVfio(Program program, int operation) {
    return program.ioctl("IOMMU_VFIO_IOAS").set("op", operation);
  }

  @Clause("UAPI-057")
  private static Case operationsOfVfio() {
    Program program = Program.of("UAPI-057", "0 gets, 1 sets, 2 clears").ioas("a");
    program.then();
    ofVfio(program, 0).fails(Errno.ENODEV);
    ofVfio(program, 1).id("ioas_id", "a").succeeds();
    ofVfio(program, 0).givesId("ioas_id", "a").succeeds();
    ofVfio(program, 2).succeeds();
    ofVfio(program, 0).fails(Errno.ENODEV);
    ofVfio(program, 3).fails(Errno.EOPNOTSUPP);
    return program.end();
  }

  @Clause("UAPI-060")
  private static Case typeOfInformation() {
    return Program.of("UAPI-060", "a type that a driver adds")
        .needs(Capability.MOCK)
        .ioas("a")
        .device("dev", "a")
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", "dev")
        .gives("out_data_type", MOCK_INFORMATION)
        .succeeds()
        .end();
  }

  @Clause("UAPI-061")
  private static Case capabilities() {
    return Program.of("UAPI-061", "bit 0 tells of dirty tracking, bit 3 that there is no ATS")
        .needs(Capability.MOCK)
        .ioas("a")
        .device("dev", "a")
        .then()
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", "dev")
        .gives("out_capabilities", 1 | 8)
        .succeeds()
        .end();
  }

  @Clause("UAPI-046")
  private static Case unknownTestOperation() {
    return Program.of("UAPI-046", "operation 999")
        .put32(Program.DATA, 68, 999, 0, 0)
        .then()
        .ioctl("0x3ba0")
        .at(Program.DATA)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }
}
