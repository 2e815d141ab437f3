package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.Argument;

/** What the test interface does with mock devices and their page tables. */
final class TestDeviceCases implements ProgramCaseSet {

  private static final int PASID = 7;
  private static final long FOR_PASIDS = 8;
  private static final long FAULT_ID_VALID = 4;
  private static final long NO_ATS = 8;
  private static final long LAST_OF_APERTURE = (1L << 31) - 1;
  private static final long TOO_MANY = (1L << 27) + 1;
  private static final long IOTLB = 0x1234;
  private static final long CACHE = 0xbaddad;
  private static final long ADDRESS = 0x1_2345_6000L;

  @Override
  public List<Case> cases() {
    return List.of(
        notAttached(),
        nature(),
        tablesOfPasids(),
        orderOfWrites(),
        iotlb(),
        cache(),
        request(),
        attach(),
        replaceAndDetach(),
        compared());
  }

  private static Program device(String clause, String name) {
    return Program.of(clause, name).needs(Capability.MOCK).ioas("a").device("dev", "a");
  }

  @Clause("MOCK-002")
  private static Case notAttached() {
    Program program =
        Program.of("MOCK-002", "an unknown id, a queue, an answer that cannot be written")
            .needs(Capability.MOCK)
            .ioas("a");
    Faults.queue(program, "queue");
    program.then().binding("dev", "a").set("id", 77).fails(Errno.ENOENT);
    program.binding("dev", "queue").fails(Errno.EINVAL);
    return program
        .mapMemory(NOWHERE, 1)
        .put32(NOWHERE, 72, 2, 1)
        .protect(NOWHERE, 1)
        .ioctl("IOMMU_TEST_OP_MOCK_DOMAIN")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 3)
        .succeeds()
        .destroy("a")
        .end();
  }

  @Clause("MOCK-004")
  private static Case nature() {
    return device("MOCK-004", "a group of its own, no ATS, nothing reserved")
        .device("other", "a")
        .hwpt("h", "dev", "a")
        .then()
        .replace("dev", "h")
        .isOn("dev", 0, "h")
        .isOn("other", 0, "other.hwpt")
        .ioctl("IOMMU_GET_HW_INFO")
        .id("dev_id", "dev")
        .gives("out_capabilities", NO_ATS | 1)
        .succeeds()
        .ranges("a", IOVA, LAST_OF_APERTURE)
        .end();
  }

  /** A nested page table is asked for what a PASID of the guest has not been attached to. */
  @Clause("MOCK-004")
  private static Case tablesOfPasids() {
    Program program =
        Program.of("MOCK-004", "a page request of a PASID that only the guest knows")
            .needs(Capability.MOCK)
            .ioas("a")
            .device("dev", "a")
            .parent("parent", "dev", "a");
    Faults.queue(program, "queue");
    program
        .put32(DATA, 1, 0)
        .allocating("dev", "parent")
        .set("flags", FAULT_ID_VALID)
        .id("fault_id", "queue")
        .data(0xdead, 8)
        .names("out_hwpt_id", "nested")
        .succeeds()
        .replace("dev", "nested")
        .then();
    raising(program, "dev", PASID).succeeds();
    return Faults.reads(program, "queue", Faults.RECORD, Faults.RECORD, Argument.of("pasid", PASID))
        .end();
  }

  private static Ioctl writing(Program program, long pageSize, long iova, long length) {
    return program
        .ioctl("IOMMU_TEST_OP_DIRTY")
        .id("id", "h")
        .set("page_size", pageSize)
        .set("iova", iova)
        .set("length", length)
        .set("uptr", DATA);
  }

  @Clause("MOCK-020")
  private static Case orderOfWrites() {
    Program program =
        device("MOCK-020", "calls with one mistake, and with two")
            .needs(Capability.DIRTY_TRACKING)
            .with(DirtySteps.trackable("h", "dev", "a"))
            .then();
    writing(program, 0, IOVA, PAGE).id("id", "a").fails(Errno.EINVAL);
    writing(program, PAGE, IOVA, 0).id("id", "a").fails(Errno.EINVAL);
    writing(program, PAGE, IOVA + 1, PAGE).id("id", "a").fails(Errno.EINVAL);
    writing(program, PAGE, IOVA, PAGE + 1).id("id", "a").fails(Errno.EINVAL);
    writing(program, PAGE, IOVA, PAGE).id("id", "a").set("uptr", 0).fails(Errno.EINVAL);
    writing(program, PAGE, IOVA, TOO_MANY * PAGE).set("uptr", 0).fails(Errno.EINVAL);
    writing(program, PAGE, IOVA, TOO_MANY * PAGE).id("id", "a").fails(Errno.EOVERFLOW);
    writing(program, PAGE, IOVA, PAGE).id("id", "a").fails(Errno.ENOENT);
    writing(program, PAGE, IOVA, PAGE).set("uptr", NOWHERE).fails(Errno.EINVAL);
    program.with(DirtySteps.track("h", true));
    writing(program, PAGE, IOVA, PAGE).set("uptr", NOWHERE).fails(Errno.EFAULT);
    return writing(program, PAGE, IOVA, PAGE).succeeds().end();
  }

  private static Ioctl iotlb(Program program, int entry, long value) {
    return program
        .ioctl("IOMMU_TEST_OP_MD_CHECK_IOTLB")
        .id("id", "n")
        .set("check_id", entry)
        .set("iotlb", value);
  }

  @Clause("MOCK-021")
  private static Case iotlb() {
    Program program = Units.unit("MOCK-021", "its value, another, no such entry, no nested table");
    Units.nested(program, "unit", "n").then();
    iotlb(program, 3, IOTLB).succeeds();
    iotlb(program, 3, IOTLB + 1).fails(Errno.EINVAL);
    iotlb(program, 4, IOTLB).fails(Errno.EINVAL);
    iotlb(program, 3, IOTLB).id("id", "parent").fails(Errno.ENOENT);
    return iotlb(program, 4, IOTLB).id("id", "parent").fails(Errno.ENOENT).end();
  }

  private static Ioctl cache(Program program, int entry, long value) {
    return program
        .ioctl("IOMMU_TEST_OP_DEV_CHECK_CACHE")
        .id("id", "dev")
        .set("check_id", entry)
        .set("cache", value);
  }

  @Clause("MOCK-022")
  private static Case cache() {
    Program program =
        device("MOCK-022", "its value, another, no such entry, no device")
            .needs(Capability.VIOMMU)
            .then();
    cache(program, 3, CACHE).succeeds();
    cache(program, 3, CACHE + 1).fails(Errno.EINVAL);
    cache(program, 4, CACHE).fails(Errno.EINVAL);
    cache(program, 3, CACHE).id("id", "dev.stdev").fails(Errno.ENOENT);
    return cache(program, 4, CACHE).id("id", "dev.stdev").fails(Errno.ENOENT).end();
  }

  private static Ioctl raising(Program program, String device, int pasid) {
    return program
        .ioctl("IOMMU_TEST_OP_TRIGGER_IOPF")
        .id("dev_id", device)
        .set("pasid", pasid)
        .set("addr", ADDRESS);
  }

  /** Flag 2 says that the request is the last of its group, flag 1 that it has a PASID. */
  private static void flags(Program program, long flags, int pasid) {
    Faults.reads(
        program,
        "queue",
        Faults.RECORD,
        Faults.RECORD,
        Argument.of("flags", flags),
        Argument.of("pasid", pasid));
  }

  @Clause("MOCK-023")
  private static Case request() {
    Program program =
        Program.of("MOCK-023", "with a PASID, without, where nobody takes it, of no device")
            .needs(Capability.MOCK, Capability.PAGE_REQUESTS)
            .ioas("a")
            .pasidDevice("dev", "a")
            .device("deaf", "a");
    Faults.queue(program, "queue");
    program
        .allocating("dev", "a")
        .set("flags", FOR_PASIDS | FAULT_ID_VALID)
        .id("fault_id", "queue")
        .names("out_hwpt_id", "h")
        .succeeds()
        .replace("dev", "h")
        .attaching("dev", PASID, "h")
        .succeeds()
        .then();
    flags(raising(program, "dev", PASID).succeeds(), 3, PASID);
    flags(raising(program, "dev", 0).succeeds(), 2, 0);
    raising(program, "dev", PASID + 1).succeeds();
    raising(program, "deaf", 0).succeeds();
    Faults.reads(program, "queue", Faults.RECORD, 0);
    return raising(program, "dev.stdev", 0).fails(Errno.ENOENT).detach("dev", PASID).end();
  }

  /** A device with PASIDs that is detached, and two page tables that are made for them. */
  private static Program pasids(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.MOCK)
        .ioas("a")
        .pasidDevice("dev", "a")
        .with(program -> table(program, "h"))
        .with(program -> table(program, "g"))
        .detach("dev", 0);
  }

  private static Program table(Program program, String table) {
    return program
        .allocating("dev", "a")
        .set("flags", FOR_PASIDS)
        .names("out_hwpt_id", table)
        .succeeds();
  }

  @Clause("MOCK-024")
  private static Case attach() {
    Program program = pasids("MOCK-024", "the page table is told; an answer that is not written");
    program.then().attaching("dev", PASID, "h").givesId("pt_id", "h").succeeds();
    program.isOn("dev", PASID, "h").detach("dev", PASID);
    program.attaching("dev", PASID, "h").id("id", "h").fails(Errno.ENOENT);
    return program
        .mapMemory(NOWHERE, 1)
        .put32(NOWHERE, 72, 18, 2, 0, PASID, 5)
        .protect(NOWHERE, 1)
        .ioctl("IOMMU_TEST_OP_PASID_ATTACH")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .isDetached("dev", PASID)
        .end();
  }

  @Clause("MOCK-025")
  private static Case replaceAndDetach() {
    Program program =
        pasids("MOCK-025", "to another page table, to none, and to none again")
            .attaching("dev", PASID, "h")
            .succeeds()
            .then();
    program.replacing("dev", PASID, "g").givesId("pt_id", "g").succeeds();
    return program
        .isOn("dev", PASID, "g")
        .detach("dev", PASID)
        .isDetached("dev", PASID)
        .detach("dev", PASID)
        .replacing("dev", PASID, "g")
        .id("id", "g")
        .fails(Errno.ENOENT)
        .ioctl("IOMMU_TEST_OP_PASID_DETACH")
        .id("id", "g")
        .fails(Errno.ENOENT)
        .end();
  }

  private static Ioctl comparing(Program program, int pasid, String table) {
    return program
        .ioctl("IOMMU_TEST_OP_PASID_CHECK_HWPT")
        .id("id", "dev.stdev")
        .set("pasid", pasid)
        .id("hwpt_id", table);
  }

  @Clause("MOCK-026")
  private static Case compared() {
    Program program =
        pasids("MOCK-026", "the right one, none, another, no page table and no device")
            .attaching("dev", PASID, "h")
            .succeeds()
            .then();
    comparing(program, PASID, "h").succeeds();
    comparing(program, PASID, "g").fails(Errno.EINVAL);
    comparing(program, PASID, "h").set("hwpt_id", 0).fails(Errno.EINVAL);
    comparing(program, PASID + 1, "h").set("hwpt_id", 0).succeeds();
    comparing(program, PASID + 1, "h").fails(Errno.EINVAL);
    comparing(program, PASID, "h").set("hwpt_id", 77).fails(Errno.ENOENT);
    comparing(program, PASID, "a").fails(Errno.EINVAL);
    return comparing(program, PASID, "h")
        .id("id", "h")
        .fails(Errno.ENOENT)
        .detach("dev", PASID)
        .end();
  }
}
