package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** Options of a context and of an IOAS: IOMMU_OPTION. */
final class OptionCases implements ProgramCaseSet {

  private static final int SET = 0;
  private static final int GET = 1;
  private static final int OTHER = 2;
  private static final int OPTION_BYTES = 24;

  @Override
  public List<Case> cases() {
    return List.of(
        reservedField(),
        unknownOption(),
        valueComesBack(),
        valueCannotComeBack(),
        modeHasNoObject(),
        mode(),
        modeAtFirst(),
        modeByVfio(),
        whoSets(),
        whenSet(),
        valuesOfMode(),
        otherOperations(),
        orderOfMode(),
        largePagesHaveAnObject(),
        largePagesAreTold(),
        turnedOn(),
        turnedOffTwice(),
        turnedOffTooLate(),
        turnedOffUnderFineMappings(),
        valuesOfLargePages(),
        otherOperationsOnLargePages(),
        alignment());
  }

  /** An OPTION of RLIMIT_MODE. */
  private static Ioctl mode(Program p, int operation, long value) {
    return p.ioctl("IOMMU_OPTION").set("op", operation).set("val64", value);
  }

  /** An OPTION of HUGE_PAGES. */
  private static Ioctl largePages(Program p, String ioas, int operation, long value) {
    return mode(p, operation, value).set("option_id", 1).id("object_id", ioas);
  }

  @Clause("OPT-001")
  private static Case reservedField() {
    return Program.of("OPT-001", "of both options")
        .ioas("a")
        .then()
        .with(p -> mode(p, GET, 0).set("__reserved", 1).fails(Errno.EOPNOTSUPP))
        .with(p -> largePages(p, "a", GET, 0).set("__reserved", 1).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("OPT-002")
  private static Case unknownOption() {
    return Program.of("OPT-002", "the first number that has no meaning, and the last")
        .then()
        .with(p -> mode(p, GET, 0).set("option_id", 2).fails(Errno.EOPNOTSUPP))
        .with(p -> mode(p, GET, 0).set("option_id", 0xffff_ffffL).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("OPT-003")
  private static Case valueComesBack() {
    return Program.of("OPT-003", "of GET and SET, with the object unchanged")
        .ioas("a")
        .then()
        .with(
            p -> largePages(p, "a", SET, 0).gives("val64", 0).givesId("object_id", "a").succeeds())
        .with(
            p -> largePages(p, "a", GET, 7).gives("val64", 0).givesId("object_id", "a").succeeds())
        .with(
            p -> largePages(p, "a", SET, 1).gives("val64", 1).givesId("object_id", "a").succeeds())
        .with(
            p -> largePages(p, "a", GET, 7).gives("val64", 1).givesId("object_id", "a").succeeds())
        .end();
  }

  @Clause("OPT-004")
  private static Case valueCannotComeBack() {
    return Program.of("OPT-004", "a SET in memory that can be read alone")
        .mapMemory(NOWHERE, 1)
        .put32(NOWHERE, OPTION_BYTES, 0, SET, 0, 1, 0)
        .protect(NOWHERE, 1)
        .then()
        .ioctl("IOMMU_OPTION")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .with(p -> mode(p, GET, 0).gives("val64", 1).succeeds())
        .end();
  }

  @Clause("OPT-005")
  private static Case modeHasNoObject() {
    return Program.of("OPT-005", "an IOAS, and an id that is none")
        .ioas("a")
        .then()
        .with(p -> mode(p, GET, 0).id("object_id", "a").fails(Errno.EOPNOTSUPP))
        .with(p -> mode(p, GET, 0).set("object_id", 77).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("OPT-006")
  private static Case mode() {
    return Program.of("OPT-006", "each mode after it was set, also with objects and without rights")
        .with(p -> mode(p, SET, 1).succeeds())
        .become(1000)
        .ioas("a")
        .then()
        .with(p -> mode(p, GET, 0).gives("val64", 1).succeeds())
        .open("other")
        .with(p -> mode(p, GET, 1).on("other").gives("val64", 0).succeeds())
        .end();
  }

  @Clause("OPT-007")
  private static Case modeAtFirst() {
    return Program.of("OPT-007", "users")
        .then()
        .with(p -> mode(p, GET, 1).gives("val64", 0).succeeds())
        .end();
  }

  @Clause("OPT-008")
  private static Case modeByVfio() {
    return Program.empty("OPT-008", "processes")
        .then()
        .add(new ProgramCall.Open(ProgramCall.MAIN, Node.VFIO, Program.IOMMU, Expect.SUCCESS))
        .with(p -> mode(p, GET, 0).gives("val64", 1).succeeds())
        .end();
  }

  @Clause("OPT-009")
  private static Case whoSets() {
    return Program.of("OPT-009", "one without rights, who may ask")
        .become(1000)
        .then()
        .with(p -> mode(p, SET, 1).fails(Errno.EPERM))
        .with(p -> mode(p, SET, 0).fails(Errno.EPERM))
        .with(p -> mode(p, GET, 1).gives("val64", 0).succeeds())
        .end();
  }

  @Clause("OPT-010")
  private static Case whenSet() {
    return Program.of("OPT-010", "with an IOAS, and after its end")
        .ioas("a")
        .then()
        .with(p -> mode(p, SET, 1).fails(Errno.EBUSY))
        .with(p -> mode(p, GET, 1).gives("val64", 0).succeeds())
        .destroy("a")
        .with(p -> mode(p, SET, 1).succeeds())
        .end();
  }

  @Clause("OPT-011")
  private static Case valuesOfMode() {
    return Program.of("OPT-011", "1, then 2 and 2^32, then 0")
        .then()
        .with(p -> mode(p, SET, 1).succeeds())
        .with(p -> mode(p, SET, 2).fails(Errno.EINVAL))
        .with(p -> mode(p, SET, 1L << 32).fails(Errno.EINVAL))
        .with(p -> mode(p, GET, 0).gives("val64", 1).succeeds())
        .with(p -> mode(p, SET, 0).succeeds())
        .with(p -> mode(p, GET, 1).gives("val64", 0).succeeds())
        .end();
  }

  @Clause("OPT-012")
  private static Case otherOperations() {
    return Program.of("OPT-012", "the first that has no meaning, and the last")
        .then()
        .with(p -> mode(p, OTHER, 0).fails(Errno.EOPNOTSUPP))
        .with(p -> mode(p, 0xffff, 0).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("OPT-013")
  private static Case orderOfMode() {
    return Program.of("OPT-013", "calls that are wrong in two places each")
        .ioas("a")
        .then()
        .with(p -> mode(p, SET, 2).fails(Errno.EBUSY))
        .become(1000)
        .with(p -> mode(p, SET, 2).fails(Errno.EPERM))
        .with(p -> mode(p, OTHER, 2).fails(Errno.EOPNOTSUPP))
        .with(p -> mode(p, SET, 1).id("object_id", "a").fails(Errno.EOPNOTSUPP))
        .with(p -> mode(p, SET, 1).set("__reserved", 1).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("OPT-014")
  private static Case largePagesHaveAnObject() {
    return Program.of("OPT-014", "an id that was destroyed, for every operation and value")
        .ioas("a")
        .destroy("a")
        .then()
        .with(p -> largePages(p, "a", GET, 0).fails(Errno.ENOENT))
        .with(p -> largePages(p, "a", SET, 1).fails(Errno.ENOENT))
        .with(p -> largePages(p, "a", SET, 2).fails(Errno.ENOENT))
        .with(p -> largePages(p, "a", OTHER, 0).fails(Errno.ENOENT))
        .end();
  }

  @Clause("OPT-015")
  private static Case largePagesAreTold() {
    return Program.of("OPT-015", "at first, off, and on again")
        .ioas("a")
        .then()
        .with(p -> largePages(p, "a", GET, 0).gives("val64", 1).succeeds())
        .withoutLargePages("a")
        .with(p -> largePages(p, "a", GET, 1).gives("val64", 0).succeeds())
        .with(p -> largePages(p, "a", SET, 1).succeeds())
        .with(p -> largePages(p, "a", GET, 0).gives("val64", 1).succeeds())
        .end();
  }

  @Clause("OPT-016")
  private static Case turnedOn() {
    return Program.of("OPT-016", "with a page table and a mapping, off or on")
        .memory(1)
        .ioas("a")
        .withoutLargePages("a")
        .device("d", "a")
        .map("a", IOVA, 1)
        .then()
        .with(p -> largePages(p, "a", SET, 1).succeeds())
        .with(p -> largePages(p, "a", SET, 1).succeeds())
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .end();
  }

  @Clause("OPT-017")
  private static Case turnedOffTwice() {
    return Program.of("OPT-017", "with a page table and a mapping")
        .memory(1)
        .ioas("a")
        .withoutLargePages("a")
        .device("d", "a")
        .map("a", IOVA, 1)
        .then()
        .with(p -> largePages(p, "a", SET, 0).succeeds())
        .end();
  }

  @Clause("OPT-018")
  private static Case turnedOffTooLate() {
    return Program.of("OPT-018", "with a page table and a mapping, then without the one")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .map("a", IOVA, 1)
        .then()
        .with(p -> largePages(p, "a", SET, 0).fails(Errno.EINVAL))
        .with(p -> largePages(p, "a", GET, 0).gives("val64", 1).succeeds())
        .unmap("a", IOVA, PAGE)
        .with(p -> largePages(p, "a", SET, 0).succeeds())
        .end();
  }

  @Clause("OPT-019")
  private static Case turnedOffUnderFineMappings() {
    return Program.of("OPT-019", "a length, an IOVA and an offset of half a page")
        .ioas("length")
        .map("length", IOVA, MEMORY, PAGE / 2)
        .ioas("iova")
        .map("iova", IOVA + PAGE / 2, MEMORY, PAGE)
        .ioas("offset")
        .map("offset", IOVA, MEMORY + PAGE / 2, PAGE)
        .then()
        .with(p -> largePages(p, "length", SET, 0).fails(Errno.EADDRINUSE))
        .with(p -> largePages(p, "length", GET, 0).gives("val64", 1).succeeds())
        .with(p -> largePages(p, "iova", SET, 0).fails(Errno.EADDRINUSE))
        .with(p -> largePages(p, "offset", SET, 0).fails(Errno.EADDRINUSE))
        .map("length", 2 * IOVA, MEMORY, PAGE / 2)
        .end();
  }

  @Clause("OPT-020")
  private static Case valuesOfLargePages() {
    return Program.of("OPT-020", "2 and 2^32")
        .ioas("a")
        .then()
        .with(p -> largePages(p, "a", SET, 2).fails(Errno.EINVAL))
        .with(p -> largePages(p, "a", SET, 1L << 32).fails(Errno.EINVAL))
        .end();
  }

  @Clause("OPT-021")
  private static Case otherOperationsOnLargePages() {
    return Program.of("OPT-021", "the first that has no meaning, and the last")
        .ioas("a")
        .then()
        .with(p -> largePages(p, "a", OTHER, 0).fails(Errno.EOPNOTSUPP))
        .with(p -> largePages(p, "a", 0xffff, 0).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("OPT-023")
  private static Case alignment() {
    return Program.of("OPT-023", "while large pages are off, and after that")
        .ioas("a")
        .then()
        .withoutLargePages("a")
        .telling("a", 1)
        .gives("out_iova_alignment", PAGE)
        .succeeds()
        .with(p -> largePages(p, "a", SET, 1).succeeds())
        .telling("a", 1)
        .gives("out_iova_alignment", 1)
        .succeeds()
        .end();
  }
}
