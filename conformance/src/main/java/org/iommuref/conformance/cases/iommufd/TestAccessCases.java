package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.SLOW_PATH;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.WRITE;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.moving;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pin;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pinning;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.replacing;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.unpin;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.unpinning;
import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** What the test interface does with accesses. */
final class TestAccessCases implements ProgramCaseSet {

  private static final int BY_NUMBER = 1 << 16;

  /** The second mapping from its second page on, by number. */
  private static final long IN_SECOND = PAGE << 32 | 1;

  @Override
  public List<Case> cases() {
    return List.of(pins(), letsGo(), moves(), movedElsewhere(), byNumber(), copiedByNumber());
  }

  /** Two mappings of two pages each, one behind the other, and an access {@code x}. */
  private static Program mapped(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.MOCK, Capability.KERNEL_ACCESS)
        .memory(4)
        .ioas("a")
        .map("a", IOVA, MEMORY, 2 * PAGE)
        .map("a", IOVA + 2 * PAGE, MEMORY + 2 * PAGE, 2 * PAGE)
        .with(access("x", "a"));
  }

  @Clause("MOCK-011")
  private static Case pins() {
    Program program =
        mapped("MOCK-011", "with the pages compared, without, and through another access")
            .with(access("y", "a"))
            .then();
    pinning(program, "x", IOVA + PAGE, 2 * PAGE)
        .set("uptr", MEMORY + PAGE)
        .gives("out_access_pages_id", 0)
        .succeeds();
    pinning(program, "x", IOVA, PAGE).gives("out_access_pages_id", 1).succeeds();
    pinning(program, "y", IOVA, PAGE).gives("out_access_pages_id", 0).succeeds();
    return program.pins(MEMORY, 3 * PAGE, 1).pins(MEMORY + 3 * PAGE, PAGE, 0).end();
  }

  @Clause("MOCK-015")
  private static Case letsGo() {
    Program program =
        mapped("MOCK-015", "a pin that meets the range in part, and one beside it")
            .with(pin("across", "x", IOVA + PAGE, 2 * PAGE))
            .with(pin("beside", "x", IOVA + 3 * PAGE, PAGE))
            .then()
            .unmap("a", IOVA, 2 * PAGE);
    unpinning(program, "across", "x").fails(Errno.ENOENT);
    program.pins(MEMORY + PAGE, 2 * PAGE, 0).pins(MEMORY + 3 * PAGE, PAGE, 1);
    return program.with(unpin("beside", "x")).end();
  }

  @Clause("MOCK-016")
  private static Case moves() {
    Program program = mapped("MOCK-016", "to and fro, by both paths, and a buffer that is not");
    program.then();
    moving(program, "x", IOVA + 2 * PAGE, 4, ANSWER).succeeds().holds(ANSWER, "03030303");
    moving(program, "x", IOVA + 3 * PAGE, 4, ANSWER)
        .set("flags", SLOW_PATH)
        .succeeds()
        .holds(ANSWER, "04040404");
    program.put(DATA, "a1a2a3a4");
    moving(program, "x", IOVA + 2, 4, DATA)
        .set("flags", WRITE)
        .succeeds()
        .holds(MEMORY, "0101a1a2a3a40101");
    moving(program, "x", IOVA + PAGE, 4, DATA)
        .set("flags", WRITE | SLOW_PATH)
        .succeeds()
        .holds(MEMORY + PAGE, "a1a2a3a402020202");
    moving(program, "x", IOVA, 4, NOWHERE).fails(Errno.EFAULT);
    return moving(program, "x", IOVA, 4, NOWHERE).set("flags", WRITE).fails(Errno.EFAULT).end();
  }

  @Clause("MOCK-018")
  private static Case movedElsewhere() {
    Program program =
        mapped("MOCK-018", "to another IOAS, and to what is none")
            .ioas("b")
            .map("b", IOVA, MEMORY + 3 * PAGE, PAGE)
            .then();
    replacing(program, "x", "b").succeeds();
    moving(program, "x", IOVA, 4, ANSWER).succeeds().holds(ANSWER, "04040404");
    program.destroy("a");
    replacing(program, "x", "b").set("ioas_id", 77).fails(Errno.ENOENT);
    return moving(program, "x", IOVA, 4, ANSWER).succeeds().end();
  }

  @Clause("MOCK-029")
  private static Case byNumber() {
    Program program = mapped("MOCK-029", "the second mapping, and one that is not").then();
    pinning(program, "x", IN_SECOND, PAGE)
        .set("flags", BY_NUMBER)
        .set("uptr", MEMORY + 3 * PAGE)
        .succeeds();
    moving(program, "x", IN_SECOND, 4, ANSWER)
        .set("flags", BY_NUMBER)
        .succeeds()
        .holds(ANSWER, "04040404");
    moving(program, "x", 2, 4, ANSWER).set("flags", BY_NUMBER).fails(Errno.ENOENT);
    program.map("a", 0, MEMORY, PAGE);
    return moving(program, "x", PAGE << 32 | 7, 4, ANSWER)
        .set("flags", BY_NUMBER)
        .succeeds()
        .holds(ANSWER, "01010101")
        .end();
  }

  @Clause("MOCK-029")
  private static Case copiedByNumber() {
    Program program = mapped("MOCK-029", "IOAS_COPY, whose answer has the address").ioas("b");
    program.then();
    return program
        .ioctl("IOMMU_IOAS_COPY")
        .set("flags", FIXED | BY_NUMBER)
        .id("src_ioas_id", "a")
        .id("dst_ioas_id", "b")
        .set("src_iova", IN_SECOND)
        .set("dst_iova", IOVA)
        .set("length", PAGE)
        .gives("flags", FIXED)
        .gives("src_iova", IOVA + 3 * PAGE)
        .succeeds()
        .with(access("y", "b"))
        .with(p -> moving(p, "y", IOVA, 4, ANSWER).succeeds())
        .holds(ANSWER, "04040404")
        .end();
  }
}
