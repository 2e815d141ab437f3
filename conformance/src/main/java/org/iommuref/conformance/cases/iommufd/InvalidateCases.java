package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Units.nested;
import static org.iommuref.conformance.cases.iommufd.Units.unit;
import static org.iommuref.conformance.cases.iommufd.Units.virtualDevice;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Invalidation by a guest: of nested page tables and of virtual units. */
final class InvalidateCases implements ProgramCaseSet {

  private static final long BEGINNING = 0x1234;
  private static final long CACHE = 0xbad_dadL;
  private static final int OF_TABLE = 8;
  private static final int OF_UNIT = 12;
  private static final int ALL = 1;
  private static final int NESTED_ID = 6;
  private static final long MOST = 1 << 19;
  private static final long VIRTUAL_ID = 0x99;

  @Override
  public List<Case> cases() {
    return List.of(
        reserved(),
        withoutArray(),
        tooLarge(),
        unknownId(),
        otherType(),
        order(),
        handled(),
        unwritableAnswer(),
        takesEffect(),
        withoutEntries(),
        upToTheFirstThatFails(),
        entriesOfATable(),
        wrongEntriesOfATable(),
        entriesOfAUnit(),
        wrongEntriesOfAUnit(),
        allCopiedFirst(),
        beginning());
  }

  private static Program table(String clause, String name) {
    return nested(unit(clause, name), "unit", "n");
  }

  /** A virtual device 0x99 on the unit. */
  private static Program withDevice(String clause, String name) {
    return virtualDevice(unit(clause, name), "unit", "dev", VIRTUAL_ID, "v").succeeds();
  }

  private static Ioctl invalidation(Program program, String id, int length, int count) {
    return program
        .ioctl("IOMMU_HWPT_INVALIDATE")
        .id("hwpt_id", id)
        .set("data_uptr", DATA)
        .set("data_type", Units.TYPE)
        .set("entry_len", length)
        .set("entry_num", count);
  }

  private static Program iotlb(Program program, int entry, long value) {
    return program
        .ioctl("IOMMU_TEST_OP_MD_CHECK_IOTLB")
        .id("id", "n")
        .set("check_id", entry)
        .set("iotlb", value)
        .succeeds();
  }

  private static Program cache(Program program, int entry, long value) {
    return program
        .ioctl("IOMMU_TEST_OP_DEV_CHECK_CACHE")
        .id("id", "dev")
        .set("check_id", entry)
        .set("cache", value)
        .succeeds();
  }

  @Clause("GINV-001")
  private static Case reserved() {
    Program program = table("GINV-001", "a reserved field").then();
    return invalidation(program, "n", OF_TABLE, 0)
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("GINV-002")
  private static Case withoutArray() {
    Program program = table("GINV-002", "no address, and no length of an entry").then();
    invalidation(program, "n", OF_TABLE, 1).set("data_uptr", 0).fails(Errno.EINVAL);
    return invalidation(program, "n", 0, 1).fails(Errno.EINVAL).end();
  }

  @Clause("GINV-003")
  private static Case tooLarge() {
    Program program = withDevice("GINV-003", "an entry beyond a page, entries beyond the most");
    program.put32(DATA, 0, (int) VIRTUAL_ID, 0).then();
    invalidation(program, "unit", (int) PAGE, 1).succeeds();
    invalidation(program, "unit", (int) PAGE + 1, 1).fails(Errno.EINVAL);
    return invalidation(program, "unit", OF_UNIT, 1)
        .set("entry_num", MOST + 1)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("GINV-004")
  private static Case unknownId() {
    Program program = table("GINV-004", "an id of nothing").then();
    return invalidation(program, "n", OF_TABLE, 0).set("hwpt_id", 77).fails(Errno.ENOENT).end();
  }

  @Clause("GINV-005")
  private static Case otherType() {
    Program program = table("GINV-005", "an IOAS").then();
    return invalidation(program, "a", OF_TABLE, 0).fails(Errno.EINVAL).end();
  }

  @Clause("GINV-007")
  private static Case order() {
    Program program = table("GINV-007", "calls with two mistakes each").then();
    invalidation(program, "n", OF_TABLE, 1)
        .set("data_uptr", 0)
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP);
    invalidation(program, "n", 0, 1).set("hwpt_id", 77).fails(Errno.EINVAL);
    invalidation(program, "n", (int) PAGE + 1, 1).set("hwpt_id", 77).fails(Errno.EINVAL);
    invalidation(program, "n", OF_TABLE, 1)
        .set("entry_num", MOST + 1)
        .set("hwpt_id", 77)
        .fails(Errno.EINVAL);
    return invalidation(program, "n", OF_TABLE, 1)
        .set("data_type", 1)
        .set("hwpt_id", 77)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("GINV-008")
  private static Case handled() {
    Program program = table("GINV-008", "both, one of two, and none");
    program.put32(DATA, 0, 0, 0, 1).then();
    invalidation(program, "n", OF_TABLE, 2).gives("entry_num", 2).succeeds();
    program.put32(DATA, 0, 0, 0, 9);
    invalidation(program, "n", OF_TABLE, 2).gives("entry_num", 1).fails(Errno.EINVAL);
    return invalidation(program, "n", 0, 2).gives("entry_num", 0).fails(Errno.EINVAL).end();
  }

  @Clause("GINV-009")
  private static Case unwritableAnswer() {
    Program program =
        Program.of("GINV-009", "one that succeeds, and one that fails")
            .needs(Capability.MOCK, Capability.NESTING)
            .ioas("a")
            .device("dev", "a")
            .parent("parent", "dev", "a")
            .nested("n", "dev", "parent")
            .mapMemory(NOWHERE, 2)
            .put32(NOWHERE, 32, NESTED_ID, (int) DATA, 0, (int) Units.TYPE, OF_TABLE, 0, 0)
            .put32(NOWHERE + PAGE, 32, 0, (int) DATA, 0, (int) Units.TYPE, OF_TABLE, 0, 0)
            .protect(NOWHERE, 2);
    invalidation(program, "n", OF_TABLE, 0).set("hwpt_id", NESTED_ID).succeeds().then();
    program.ioctl("IOMMU_HWPT_INVALIDATE").at(NOWHERE).fails(Errno.EFAULT);
    return program.ioctl("IOMMU_HWPT_INVALIDATE").at(NOWHERE + PAGE).fails(Errno.EFAULT).end();
  }

  @Clause("GINV-010")
  private static Case withoutEntries() {
    Program program =
        table("GINV-010", "no entries of a type that is known, and of another").then();
    invalidation(program, "n", 0, 0).set("data_uptr", NOWHERE).succeeds();
    return invalidation(program, "n", 0, 0)
        .set("data_type", 1)
        .fails(Errno.EINVAL, Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("GINV-011")
  private static Case upToTheFirstThatFails() {
    Program program = table("GINV-011", "the second of three is wrong");
    program.put32(DATA, 0, 0, 0, 9, 0, 1).then();
    invalidation(program, "n", OF_TABLE, 3).fails(Errno.EINVAL);
    return iotlb(iotlb(program, 0, 0), 1, BEGINNING).end();
  }

  @Clause("GINV-012")
  private static Case takesEffect() {
    Program program = table("GINV-012", "one entry of four, then all of them");
    program.put32(DATA, 0, 2).then();
    invalidation(program, "n", OF_TABLE, 1).succeeds();
    iotlb(iotlb(program, 2, 0), 1, BEGINNING);
    program.put32(DATA, ALL, 0);
    invalidation(program, "n", OF_TABLE, 1).succeeds();
    return iotlb(iotlb(iotlb(iotlb(program, 0, 0), 1, 0), 2, 0), 3, 0).end();
  }

  @Clause("GINV-013")
  private static Case entriesOfATable() {
    Program program = table("GINV-013", "one entry, then all; another type and length");
    program.put32(DATA, 0, 2).then();
    invalidation(program, "n", OF_TABLE, 1).succeeds();
    iotlb(iotlb(program, 2, 0), 3, BEGINNING);
    program.put32(DATA, ALL, 0);
    invalidation(program, "n", OF_TABLE, 1).succeeds();
    iotlb(iotlb(program, 0, 0), 3, 0);
    invalidation(program, "n", OF_TABLE, 1).set("data_type", 1).fails(Errno.EINVAL);
    return invalidation(program, "n", OF_TABLE - 1, 1).fails(Errno.EINVAL).end();
  }

  @Clause("GINV-014")
  private static Case wrongEntriesOfATable() {
    Program program = table("GINV-014", "an unknown flag comes before a number that is too high");
    program.put32(DATA, 2, 9).then();
    invalidation(program, "n", OF_TABLE, 1).fails(Errno.EOPNOTSUPP);
    program.put32(DATA, 0, 4);
    return invalidation(program, "n", OF_TABLE, 1).fails(Errno.EINVAL).end();
  }

  @Clause("GINV-015")
  private static Case entriesOfAUnit() {
    Program program = withDevice("GINV-015", "one entry of a device's cache, then all");
    program.put32(DATA, 0, (int) VIRTUAL_ID, 2).then();
    invalidation(program, "unit", OF_UNIT, 1).succeeds();
    cache(cache(program, 2, 0), 3, CACHE);
    program.put32(DATA, ALL, (int) VIRTUAL_ID, 0);
    invalidation(program, "unit", OF_UNIT, 1).succeeds();
    return cache(program, 3, 0).end();
  }

  @Clause("GINV-016")
  private static Case wrongEntriesOfAUnit() {
    Program program = withDevice("GINV-016", "flag, then number, then virtual id");
    program.put32(DATA, 2, 1, 9).then();
    invalidation(program, "unit", OF_UNIT, 1).fails(Errno.EOPNOTSUPP);
    program.put32(DATA, 0, (int) VIRTUAL_ID, 4);
    invalidation(program, "unit", OF_UNIT, 1).fails(Errno.EINVAL);
    program.put32(DATA, 0, 1, 0);
    return invalidation(program, "unit", OF_UNIT, 1).fails(Errno.EINVAL).end();
  }

  @Clause("GINV-017")
  private static Case allCopiedFirst() {
    Program program = withDevice("GINV-017", "the second entry lies where nothing is mapped");
    long atTheEnd = NOWHERE + PAGE - OF_UNIT;
    program.mapMemory(NOWHERE, 1).put32(atTheEnd, 0, (int) VIRTUAL_ID, 0).then();
    invalidation(program, "unit", OF_UNIT, 2)
        .set("data_uptr", atTheEnd)
        .gives("entry_num", 0)
        .fails(Errno.EFAULT);
    return cache(program, 0, CACHE).end();
  }

  @Clause("GINV-018")
  private static Case beginning() {
    Program program = table("GINV-018", "four entries each").then();
    for (int entry = 0; entry < 4; entry++) {
      cache(iotlb(program, entry, BEGINNING), entry, CACHE);
    }
    return program.end();
  }
}
