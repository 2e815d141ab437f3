package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.SLOW_PATH;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.WRITE;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.moving;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pin;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pinning;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.plainAccess;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.unpin;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.CHILD;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.chargesProcesses;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childEnds;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childHolds;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childMaps;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.childPuts;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.fork;
import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED_IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Program.READABLE;
import static org.iommuref.conformance.cases.iommufd.Program.WRITEABLE;

import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** What accesses pin, read and write. */
final class AccessRangeCases implements ProgramCaseSet {

  private static final long WRITE_ONLY = IOVA + 8 * PAGE;

  @Override
  public List<Case> cases() {
    return List.of(
        noLength(),
        passesTheEnd(),
        gap(),
        misaligned(),
        rights(),
        memoryToBeRead(),
        failedPinLeavesNothing(),
        pagesOfTheMapping(),
        charged(),
        overlappingPins(),
        orderOfChecks(),
        anyAlignment(),
        leavesNoPin(),
        partOfATransfer(),
        memoryNotThere(),
        memoryOfAnother(),
        memoryOfAnEnded());
  }

  /** Two pages mapped at {@link Program#IOVA}, and an access that pins. */
  private static Program mapped(String clause, String name) {
    return Program.of(clause, name).memory(2).ioas("io").map("io", IOVA, 2).with(access("a", "io"));
  }

  /** One page that can only be read, and at {@link #WRITE_ONLY} one that can only be written. */
  private static Program restricted(String clause, String name) {
    return Program.of(clause, name)
        .memory(2)
        .ioas("io")
        .with(mapWith(READABLE, IOVA))
        .with(mapWith(WRITEABLE, WRITE_ONLY))
        .with(access("a", "io"));
  }

  private static UnaryOperator<Program> mapWith(long rights, long iova) {
    return p ->
        p.ioctl("IOMMU_IOAS_MAP")
            .set("flags", FIXED_IOVA | rights)
            .id("ioas_id", "io")
            .set("user_va", MEMORY)
            .set("length", PAGE)
            .set("iova", iova)
            .succeeds();
  }

  private static UnaryOperator<Program> pinFails(long iova, long length, long flags, Errno errno) {
    return p -> pinning(p, "a", iova, length).set("flags", flags).fails(errno);
  }

  private static UnaryOperator<Program> moveFails(long iova, long length, long flags, Errno errno) {
    return p -> moving(p, "a", iova, length, ANSWER).set("flags", flags).fails(errno);
  }

  @Clause("ACC-011")
  private static Case noLength() {
    return mapped("ACC-011", "a pin, a read and a write of nothing")
        .then()
        .with(pinFails(IOVA, 0, 0, Errno.EINVAL))
        .with(moveFails(IOVA, 0, 0, Errno.EINVAL))
        .with(moveFails(IOVA, 0, WRITE, Errno.EINVAL))
        .with(pinFails(0, 0, 0, Errno.EINVAL))
        .end();
  }

  @Clause("ACC-012")
  private static Case passesTheEnd() {
    return mapped("ACC-012", "two pages from the last page on")
        .then()
        .with(pinFails(-PAGE, 2 * PAGE, 0, Errno.EOVERFLOW))
        .with(moveFails(-PAGE, 2 * PAGE, 0, Errno.EOVERFLOW))
        .with(pinFails(-PAGE, PAGE, 0, Errno.ENOENT))
        .end();
  }

  @Clause("ACC-013")
  private static Case gap() {
    return mapped("ACC-013", "a range that begins or ends in a gap")
        .then()
        .with(pinFails(IOVA, 3 * PAGE, 0, Errno.ENOENT))
        .with(pinFails(IOVA - PAGE, 2 * PAGE, 0, Errno.ENOENT))
        .with(moveFails(IOVA + 2 * PAGE - 4, 8, 0, Errno.ENOENT))
        .with(moveFails(IOVA - 4, 8, WRITE, Errno.ENOENT))
        .end();
  }

  @Clause("ACC-014")
  private static Case misaligned() {
    return mapped("ACC-014", "a pin from inside a page, and one up to inside a page")
        .then()
        .with(pinFails(IOVA + 8, PAGE, 0, Errno.EINVAL))
        .with(pin("pin", "a", IOVA, 8))
        .end();
  }

  @Clause("ACC-015")
  private static Case rights() {
    return restricted("ACC-015", "a mapping only to be read, and one only to be written")
        .then()
        .with(pinFails(IOVA, PAGE, WRITE, Errno.EPERM))
        .with(moveFails(IOVA, 8, WRITE, Errno.EPERM))
        .with(pinFails(WRITE_ONLY, PAGE, 0, Errno.EPERM))
        .with(moveFails(WRITE_ONLY, 8, 0, Errno.EPERM))
        .with(pin("pin", "a", IOVA, PAGE))
        .with(p -> moving(p, "a", WRITE_ONLY, 8, DATA).set("flags", WRITE).succeeds())
        .end();
  }

  @Clause("ACC-016")
  private static Case memoryToBeRead() {
    return restricted("ACC-016", "memory that was mapped to be read, in its mapping and a copy")
        .ioctl("IOMMU_IOAS_COPY")
        .set("flags", FIXED_IOVA | READABLE)
        .id("src_ioas_id", "io")
        .id("dst_ioas_id", "io")
        .set("length", PAGE)
        .set("src_iova", IOVA)
        .set("dst_iova", IOVA + PAGE)
        .succeeds()
        .then()
        .with(pinFails(IOVA + PAGE, PAGE, WRITE, Errno.EPERM))
        .with(moveFails(IOVA + PAGE, 8, WRITE, Errno.EPERM))
        .end();
  }

  @Clause("ACC-017")
  private static Case failedPinLeavesNothing() {
    return mapped("ACC-017", "a pin that runs into a gap")
        .then()
        .with(pinFails(IOVA, 3 * PAGE, 0, Errno.ENOENT))
        .pins(MEMORY, 2 * PAGE, 0)
        .accounts(0, 0)
        .end();
  }

  @Clause("ACC-018")
  private static Case pagesOfTheMapping() {
    return mapped("ACC-018", "the pages of two mappings, in order, which a device reaches")
        .put64(MEMORY, 5)
        .map("io", IOVA + 2 * PAGE, 1)
        .device("d", "io")
        .then()
        .with(p -> pinning(p, "a", IOVA, 2 * PAGE).set("uptr", MEMORY).succeeds())
        .with(p -> pinning(p, "a", IOVA + 2 * PAGE, PAGE).set("uptr", MEMORY).succeeds())
        .mapsTo("d.hwpt", IOVA, MEMORY, 2 * PAGE)
        .end();
  }

  @Clause("ACC-019")
  private static Case charged() {
    return Program.of("ACC-019", "a pin up to the limit, and one beyond it")
        .with(chargesProcesses())
        .memory(2)
        .become(1000)
        .limit(PAGE)
        .ioas("io")
        .map("io", IOVA, 2)
        .with(access("a", "io"))
        .then()
        .with(pinFails(IOVA, 2 * PAGE, 0, Errno.ENOMEM))
        .accounts(0, 0)
        .with(pin("pin", "a", IOVA, PAGE))
        .accounts(1, 1)
        .with(unpin("pin", "a"))
        .accounts(0, 0)
        .end();
  }

  @Clause("ACC-020")
  private static Case overlappingPins() {
    return mapped("ACC-020", "two pins have a page in common")
        .with(pin("one", "a", IOVA, 2 * PAGE))
        .with(pin("two", "a", IOVA + PAGE, PAGE))
        .then()
        .with(unpin("one", "a"))
        .pins(MEMORY, PAGE, 0)
        .pins(MEMORY + PAGE, PAGE, 1)
        .with(unpin("two", "a"))
        .pins(MEMORY + PAGE, PAGE, 0)
        .end();
  }

  @Clause("ACC-021")
  private static Case orderOfChecks() {
    return restricted("ACC-021", "no length, then the end; alignment, then rights, then a gap")
        .then()
        .with(pinFails(IOVA, 0, 0, Errno.EINVAL))
        .with(moveFails(IOVA, 0, WRITE, Errno.EINVAL))
        .with(pinFails(IOVA + 8, PAGE, WRITE, Errno.EINVAL))
        .with(pinFails(IOVA, 2 * PAGE, WRITE, Errno.EPERM))
        .with(moveFails(IOVA, 2 * PAGE, WRITE, Errno.EPERM))
        .with(pinFails(IOVA, 2 * PAGE, 0, Errno.ENOENT))
        .end();
  }

  @Clause("ACC-022")
  private static Case anyAlignment() {
    return Program.of("ACC-022", "a few bytes across two mappings")
        .memory(2)
        .ioas("io")
        .map("io", IOVA, MEMORY + PAGE, PAGE)
        .map("io", IOVA + PAGE, MEMORY, PAGE)
        .with(plainAccess("a", "io"))
        .put(DATA, "a1a2a3a4a5")
        .then()
        .with(p -> moving(p, "a", IOVA + PAGE - 3, 5, DATA).set("flags", WRITE).succeeds())
        .holds(MEMORY + 2 * PAGE - 4, "00a1a2a3")
        .holds(MEMORY, "a4a50101")
        .with(p -> moving(p, "a", IOVA + PAGE - 2, 3, ANSWER).succeeds())
        .holds(ANSWER, "a2a3a400")
        .end();
  }

  @Clause("ACC-023")
  private static Case leavesNoPin() {
    return mapped("ACC-023", "by the path of the owner, and by that of others")
        .then()
        .with(p -> moving(p, "a", IOVA, 8, ANSWER).succeeds())
        .with(p -> moving(p, "a", IOVA, 2 * PAGE, ANSWER).set("flags", SLOW_PATH).succeeds())
        .pins(MEMORY, 2 * PAGE, 0)
        .accounts(0, 0)
        .end();
  }

  @Clause("ACC-024")
  private static Case partOfATransfer() {
    return mapped("ACC-024", "a write that runs into a gap")
        .put(DATA, "a1a2")
        .then()
        .with(
            p ->
                moving(p, "a", IOVA + 2 * PAGE - 1, 2, DATA)
                    .set("flags", WRITE)
                    .fails(Errno.ENOENT))
        .holds(MEMORY + 2 * PAGE - 1, "a1")
        .end();
  }

  @Clause("ACC-025")
  private static Case memoryNotThere() {
    return mapped("ACC-025", "memory that was taken away behind its mapping")
        .unmapMemory(MEMORY, 1)
        .then()
        .with(moveFails(IOVA, 8, 0, Errno.EFAULT))
        .with(moveFails(IOVA, 8, WRITE, Errno.EFAULT))
        .with(moveFails(IOVA, PAGE, SLOW_PATH, Errno.EFAULT))
        .end();
  }

  @Clause("ACC-026")
  private static Case memoryOfAnother() {
    return mapped("ACC-026", "a child reads and writes its parent's memory")
        .with(fork())
        .with(childPuts(MEMORY, "ccccccccc1c2"))
        .put(MEMORY, "a1a2a3a4")
        .then()
        .with(p -> moving(p, "a", IOVA, 4, ANSWER).by(CHILD).succeeds())
        .with(childHolds(ANSWER, "a1a2a3a4"))
        .with(p -> moving(p, "a", IOVA, 2, MEMORY + 4).by(CHILD).set("flags", WRITE).succeeds())
        .holds(MEMORY, "c1c2a3a4")
        .end();
  }

  @Clause("ACC-027")
  private static Case memoryOfAnEnded() {
    return Program.of("ACC-027", "a child's page that a page table has, and one that nobody has")
        .memory(2)
        .ioas("io")
        .device("d", "io")
        .ioas("other")
        .with(fork())
        .with(childPuts(MEMORY, "c1c2c3"))
        .with(childMaps("io", IOVA, MEMORY, PAGE))
        .with(childMaps("other", IOVA, MEMORY, PAGE))
        .with(plainAccess("a", "other"))
        .with(plainAccess("b", "io"))
        .with(childEnds())
        .then()
        .with(p -> moving(p, "b", IOVA, 3, ANSWER).succeeds())
        .holds(ANSWER, "c1c2c3")
        .with(moveFails(IOVA, 3, 0, Errno.EFAULT))
        .end();
  }
}
