package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Units.allocation;
import static org.iommuref.conformance.cases.iommufd.Units.unit;
import static org.iommuref.conformance.cases.iommufd.Units.virtualDevice;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Data that the driver alone understands: their types, and how they are copied. */
final class UapiDataCases implements ProgramCaseSet {

  private static final long MOCK_TABLE = 0xdead;
  private static final int HUGE_PAGES = 1;
  private static final int VIRTUAL_ID = 0x99;
  private static final int OF_UNIT = 12;
  private static final long CACHE = 0xbaddad;
  private static final int MARK = 0x5a5a5a5a;

  @Override
  public List<Case> cases() {
    return List.of(
        typesOfTables(),
        typesOfInvalidation(),
        typesOfObjects(),
        ofWrongLength(),
        filledUp(),
        unreadable(),
        wholeArray(),
        entriesOfOtherLength(),
        writtenBack());
  }

  private static Ioctl table(Program program, long type, int length) {
    return program
        .allocating("dev", "a")
        .set("data_type", type)
        .set("data_len", length)
        .set("data_uptr", DATA);
  }

  @Clause("UAPI-058")
  private static Case typesOfTables() {
    Program program =
        Program.of("UAPI-058", "none, those of hardware that is not here, and the driver's own")
            .needs(Capability.NESTING, Capability.MOCK)
            .ioas("a")
            .device("dev", "a");
    program.then();
    table(program, 0, 0).succeeds();
    for (int ofHardware = 1; ofHardware <= 3; ofHardware++) {
      table(program, ofHardware, 8).fails(Errno.EOPNOTSUPP);
    }
    return table(program, MOCK_TABLE, 8).succeeds().end();
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

  private static Program nested(String clause, String name) {
    return Units.nested(unit(clause, name), "unit", "n").put32(DATA, 0, 0, 0, 0, 0, 0);
  }

  @Clause("UAPI-062")
  private static Case typesOfInvalidation() {
    Program program = nested("UAPI-062", "those of hardware that is not here, the driver's own");
    program.then();
    invalidation(program, "n", 8, 1).set("data_type", 0).fails(Errno.EINVAL);
    invalidation(program, "n", 8, 1).set("data_type", 1).fails(Errno.EINVAL);
    return invalidation(program, "n", 8, 1).gives("entry_num", 1).succeeds().end();
  }

  @Clause("UAPI-063")
  private static Case typesOfObjects() {
    Program program =
        unit("UAPI-063", "none, those of hardware that is not here, and the driver's own")
            .needs(Capability.HW_QUEUE, Capability.VIRTUAL_EVENTS)
            .memory(1);
    program.map("a", Program.IOVA, 1).then();
    for (int type = 0; type <= 2; type++) {
      allocation(program, "other").set("type", type).fails(Errno.EOPNOTSUPP);
    }
    for (int type = 0; type <= 1; type++) {
      Units.queue(program, 0, Program.IOVA, PAGE, "q").set("type", type).fails(Errno.EOPNOTSUPP);
    }
    Units.eventQueue(program, "unit", 2, "e").set("type", 0).fails(Errno.EOPNOTSUPP);
    allocation(program, "other").succeeds();
    Units.queue(program, 0, Program.IOVA, PAGE, "q").succeeds();
    return Units.eventQueue(program, "unit", 2, "e").succeeds().end();
  }

  @Clause("UAPI-065")
  private static Case ofWrongLength() {
    Program program = nested("UAPI-065", "a byte less than the first version, a byte too many");
    program.then();
    table(program, MOCK_TABLE, 3).fails(Errno.EINVAL);
    table(program, MOCK_TABLE, 9).fails(Errno.EINVAL);
    allocation(program, "u").set("data_len", 7).set("data_uptr", DATA).fails(Errno.EINVAL);
    allocation(program, "u").set("data_len", 25).set("data_uptr", DATA).fails(Errno.EINVAL);
    invalidation(program, "n", 7, 1).fails(Errno.EINVAL);
    invalidation(program, "n", 9, 1).fails(Errno.EINVAL);
    table(program, MOCK_TABLE, 3).set("data_uptr", NOWHERE).fails(Errno.EINVAL);
    return table(program, MOCK_TABLE, 9).set("data_uptr", NOWHERE).fails(Errno.EINVAL).end();
  }

  /** The second word makes a table for huge pages alone; cut off, it is zero. */
  @Clause("UAPI-066")
  private static Case filledUp() {
    Program program =
        Program.of("UAPI-066", "a table whose second word is behind the length")
            .needs(Capability.NESTING, Capability.MOCK)
            .ioas("a")
            .device("dev", "a")
            .memory(1)
            .map("a", Program.IOVA, 1)
            .put32(DATA, 0, HUGE_PAGES)
            .then();
    table(program, MOCK_TABLE, 4).names("out_hwpt_id", "whole").succeeds();
    return program.mapsTo("whole", Program.IOVA, Program.MEMORY, PAGE / 2).end();
  }

  @Clause("UAPI-067")
  private static Case unreadable() {
    Program program = nested("UAPI-067", "a page table, a unit, an entry, entries at once");
    program.then();
    table(program, MOCK_TABLE, 8).set("data_uptr", NOWHERE).fails(Errno.EFAULT);
    allocation(program, "u").set("data_len", 24).set("data_uptr", NOWHERE).fails(Errno.EFAULT);
    invalidation(program, "n", 8, 1).set("data_uptr", NOWHERE).fails(Errno.EFAULT);
    return invalidation(program, "unit", OF_UNIT, 1)
        .set("data_uptr", NOWHERE)
        .fails(Errno.EFAULT)
        .end();
  }

  /** A virtual device 0x99 on the unit, and an entry for it at {@link Program#DATA}. */
  private static Program behindUnit(String clause, String name) {
    Program program = unit(clause, name).put32(DATA, 0, VIRTUAL_ID, 0);
    return virtualDevice(program, "unit", "dev", VIRTUAL_ID, "v").succeeds();
  }

  @Clause("UAPI-068")
  private static Case wholeArray() {
    Program program = behindUnit("UAPI-068", "entries of another type, and none of another type");
    program.then();
    invalidation(program, "unit", OF_UNIT, 1).set("data_type", 1).fails(Errno.EINVAL);
    invalidation(program, "unit", OF_UNIT, 0).set("data_type", 1).fails(Errno.EINVAL);
    return invalidation(program, "unit", OF_UNIT, 1).succeeds().end();
  }

  private static Program cache(Program program, int entry, long value) {
    return program
        .ioctl("IOMMU_TEST_OP_DEV_CHECK_CACHE")
        .id("id", "dev")
        .set("check_id", entry)
        .set("cache", value)
        .succeeds();
  }

  @Clause("UAPI-069")
  private static Case entriesOfOtherLength() {
    Program program =
        behindUnit("UAPI-069", "without the last word, with one more, of zero or not");
    program.put32(DATA, 0, VIRTUAL_ID, 0, VIRTUAL_ID).then();
    invalidation(program, "unit", 8, 2).gives("entry_num", 2).succeeds();
    cache(cache(program, 0, 0), 1, CACHE);
    program.put32(DATA, 0, VIRTUAL_ID, 1, 0, 0, VIRTUAL_ID, 2, 0);
    invalidation(program, "unit", 16, 2).gives("entry_num", 2).succeeds();
    cache(cache(cache(program, 1, 0), 2, 0), 3, CACHE);
    program.put32(DATA, 0, VIRTUAL_ID, 3, 1);
    invalidation(program, "unit", 16, 1).gives("entry_num", 0).fails(Errno.E2BIG);
    long atTheEnd = NOWHERE + PAGE - OF_UNIT;
    program.mapMemory(NOWHERE, 1).put32(atTheEnd, 0, VIRTUAL_ID, 3);
    invalidation(program, "unit", 16, 1).set("data_uptr", atTheEnd).fails(Errno.EFAULT);
    long beforeTheBeginning = NOWHERE - OF_UNIT;
    program.put32(NOWHERE, 1);
    invalidation(program, "unit", 16, 1).set("data_uptr", beforeTheBeginning).fails(Errno.E2BIG);
    return cache(program, 3, CACHE).end();
  }

  @Clause("UAPI-070")
  private static Case writtenBack() {
    Program program = Units.parent("UAPI-070", "room for the first word, then for the offset too");
    program.put32(DATA, 0x1357, 0, MARK, MARK, MARK, MARK).then();
    allocation(program, "u").set("data_len", 8).set("data_uptr", DATA).succeeds();
    program.holds(DATA, Hex.of32(0x1357, 0x1357, MARK, MARK, MARK, MARK)).destroy("u");
    allocation(program, "u").set("data_len", 16).set("data_uptr", DATA).succeeds();
    return program.holds(DATA, Hex.of32(0x1357, 0x1357, (int) PAGE, 0, MARK, MARK)).end();
  }
}
