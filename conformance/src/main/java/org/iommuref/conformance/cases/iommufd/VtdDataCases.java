package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.reading;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/**
 * The data of VT-d's driver: first-stage tables that a guest has built in its memory, and what it
 * invalidates of them.
 *
 * <p>The guest's memory is six pages: the tables of four levels, then two pages of data.
 */
final class VtdDataCases implements ProgramCaseSet {

  private static final long VTD_TABLE = 1;
  private static final long VTD_ENTRY = 0;
  private static final int TABLE_BYTES = 24;
  private static final int ENTRY_BYTES = 24;
  private static final int WIDTH = 48;

  /** Present, writable, for users. */
  private static final long RIGHTS = 7;

  /** What the guest translates, by the sixth entry of its lowest table. */
  private static final long ADDRESS = 5 * PAGE;

  private static final long LOWEST_ENTRY = MEMORY + 3 * PAGE + 5 * Long.BYTES;
  private static final long FIFTH_PAGE = 0x0505_0505_0505_0505L;
  private static final long SIXTH_PAGE = 0x0606_0606_0606_0606L;
  private static final int LEAF = 1;

  @Override
  public List<Case> cases() {
    return List.of(types(), typesOfInvalidation(), table(), entries());
  }

  /** A guest whose memory begins at {@link Program#IOVA}, and its top table in the data. */
  private static Program guest(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.BOUND_DEVICES, Capability.VTD_SCALABLE)
        .memory(6)
        .put64(MEMORY, (IOVA + PAGE) | RIGHTS)
        .put64(MEMORY + PAGE, (IOVA + 2 * PAGE) | RIGHTS)
        .put64(MEMORY + 2 * PAGE, (IOVA + 3 * PAGE) | RIGHTS)
        .put64(LOWEST_ENTRY, (IOVA + 4 * PAGE) | RIGHTS)
        .put64(DATA, 0, IOVA)
        .put32(DATA + 16, WIDTH, 0)
        .ioas("a")
        .map("a", IOVA, 6)
        .device("dev", "a")
        .parent("parent", "dev", "a");
  }

  private static Ioctl nesting(Program program, long type, int length) {
    return program
        .allocating("dev", "parent")
        .set("data_type", type)
        .set("data_len", length)
        .set("data_uptr", DATA)
        .names("out_hwpt_id", "nested");
  }

  private static Program attached(String clause, String name) {
    return nesting(guest(clause, name), VTD_TABLE, TABLE_BYTES).succeeds().replace("dev", "nested");
  }

  private static Ioctl invalidation(Program program, int length) {
    return program
        .ioctl("IOMMU_HWPT_INVALIDATE")
        .id("hwpt_id", "nested")
        .set("data_uptr", DATA)
        .set("data_type", VTD_ENTRY)
        .set("entry_len", length)
        .set("entry_num", 1);
  }

  private static Program entry(Program program, long address, long pages, int flags, int reserved) {
    return program.put64(DATA, address, pages).put32(DATA + 16, flags, reserved);
  }

  @Clause("UAPI-058")
  private static Case types() {
    Program program = guest("UAPI-058", "VT-d's own, Arm's, AMD's and the mock driver's").then();
    for (long type : new long[] {2, 3, 0xdead}) {
      nesting(program, type, TABLE_BYTES).fails(Errno.EOPNOTSUPP);
    }
    return nesting(program, VTD_TABLE, TABLE_BYTES).succeeds().end();
  }

  @Clause("UAPI-062")
  private static Case typesOfInvalidation() {
    Program program = attached("UAPI-062", "VT-d's own, Arm's and the mock driver's").then();
    entry(program, ADDRESS, 1, 0, 0);
    invalidation(program, ENTRY_BYTES).set("data_type", 1).fails(Errno.EINVAL);
    invalidation(program, ENTRY_BYTES).set("data_type", Units.TYPE).fails(Errno.EINVAL);
    return invalidation(program, ENTRY_BYTES).succeeds().end();
  }

  @Clause("UAPI-059")
  private static Case table() {
    Program program = guest("UAPI-059", "a table of VT-d that translates; a byte less and more");
    program.then();
    nesting(program, VTD_TABLE, TABLE_BYTES - 1).fails(Errno.EINVAL);
    nesting(program, VTD_TABLE, TABLE_BYTES + 1).fails(Errno.EINVAL);
    nesting(program, VTD_TABLE, TABLE_BYTES).succeeds().replace("dev", "nested");
    reading(program, "dev", 0, ADDRESS).gives("out_value", FIFTH_PAGE).succeeds();
    return reading(program, "dev", 0, ADDRESS + PAGE).fails(Errno.EFAULT).end();
  }

  @Clause("UAPI-081")
  private static Case entries() {
    Program program = attached("UAPI-081", "an entry of VT-d, each field wrong, a byte less");
    reading(program, "dev", 0, ADDRESS).gives("out_value", FIFTH_PAGE).succeeds();
    program.put64(LOWEST_ENTRY, (IOVA + 5 * PAGE) | RIGHTS).then();
    invalidation(entry(program, ADDRESS, 1, 0, 1), ENTRY_BYTES).fails(Errno.EOPNOTSUPP);
    invalidation(entry(program, ADDRESS, 1, 2, 0), ENTRY_BYTES).fails(Errno.EOPNOTSUPP);
    invalidation(entry(program, ADDRESS + 1, 1, 0, 0), ENTRY_BYTES).fails(Errno.EINVAL);
    invalidation(entry(program, ADDRESS, -1, 0, 0), ENTRY_BYTES).fails(Errno.EINVAL);
    invalidation(entry(program, ADDRESS, 1, LEAF, 0), ENTRY_BYTES - 1).fails(Errno.EINVAL);
    invalidation(program, ENTRY_BYTES).succeeds();
    return reading(program, "dev", 0, ADDRESS).gives("out_value", SIXTH_PAGE).succeeds().end();
  }
}
