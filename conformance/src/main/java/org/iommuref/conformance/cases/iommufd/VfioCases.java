package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.CLEAR;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.GET;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.SET;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.TYPE1;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.TYPE1V2;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.contained;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.container;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.plain;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.type1;

import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** A context as a container of VFIO: its IOAS, its type, and what it tells. */
final class VfioCases implements ProgramCaseSet {

  private static final String CHECK = "VFIO_CHECK_EXTENSION";
  private static final int NOIOMMU = 8;
  private static final String SET_IOMMU = "VFIO_SET_IOMMU";
  private static final String GET_INFO = "VFIO_IOMMU_GET_INFO";

  /** Bytes of the information on an IOAS without a page table: one range. */
  private static final int WHOLE = 72;

  @Override
  public List<Case> cases() {
    return List.of(
        commands(),
        noUnitAbsent(),
        noUnitPresent(),
        asked(),
        set(),
        cleared(),
        otherOperations(),
        notHeld(),
        version(),
        extensions(),
        coherency(),
        types(),
        typeWithoutIoas(),
        firstType(),
        secondType(),
        infoRefused(),
        pageSizes(),
        capabilities(),
        chain(),
        neededSize(),
        nothingBeyond(),
        whatFits(),
        infoNotWritable());
  }

  @Clause("VFIO-001")
  private static Case commands() {
    return Program.of("VFIO-001", "one of each, IOMMU_DIRTY_PAGES, and a number with other bits")
        .then()
        .with(p -> plain(p, "VFIO_GET_API_VERSION", 0).succeeds())
        .with(p -> plain(p, "0x3b75", DATA).fails(Errno.ENOTTY))
        .with(p -> plain(p, "0x3b67", DATA).fails(Errno.ENOTTY))
        .with(p -> plain(p, "0x40083b64", DATA).fails(Errno.ENOTTY))
        .end();
  }

  @Clause("VFIO-002")
  private static Case asked() {
    return Program.of("VFIO-002", "before it is set, and after")
        .then()
        .with(p -> container(p, GET).fails(Errno.ENODEV))
        .with(contained("io"))
        .with(p -> container(p, GET).givesId("ioas_id", "io").succeeds())
        .end();
  }

  @Clause("VFIO-003")
  private static Case set() {
    return Program.of("VFIO-003", "an IOAS, another, and what is none")
        .ioas("a")
        .then()
        .with(contained("b"))
        .with(p -> container(p, SET).id("ioas_id", "a").succeeds())
        .with(p -> container(p, GET).givesId("ioas_id", "a").succeeds())
        .with(p -> container(p, SET).set("ioas_id", 77).fails(Errno.ENOENT))
        .with(p -> container(p, GET).givesId("ioas_id", "a").succeeds())
        .end();
  }

  @Clause("VFIO-004")
  private static Case cleared() {
    return Program.of("VFIO-004", "twice; the IOAS stays")
        .with(contained("io"))
        .then()
        .with(p -> container(p, CLEAR).succeeds())
        .with(p -> container(p, GET).fails(Errno.ENODEV))
        .with(p -> container(p, CLEAR).succeeds())
        .destroy("io")
        .end();
  }

  @Clause("VFIO-005")
  private static Case otherOperations() {
    return Program.of("VFIO-005", "a fourth operation, and one in the reserved field")
        .then()
        .with(p -> container(p, 3).fails(Errno.EOPNOTSUPP))
        .with(p -> container(p, SET).set("__reserved", 1).fails(Errno.EOPNOTSUPP))
        .with(p -> container(p, CLEAR).set("__reserved", 1).fails(Errno.EOPNOTSUPP))
        .end();
  }

  @Clause("VFIO-006")
  private static Case notHeld() {
    return Program.of("VFIO-006", "its IOAS is destroyed")
        .with(contained("io"))
        .then()
        .destroy("io")
        .with(p -> container(p, GET).fails(Errno.ENODEV))
        .end();
  }

  @Clause("VFIO-007")
  private static Case version() {
    return Program.of("VFIO-007", "with any argument")
        .then()
        .with(p -> plain(p, "VFIO_GET_API_VERSION", 0).returns(0).succeeds())
        .with(p -> plain(p, "VFIO_GET_API_VERSION", NOWHERE).returns(0).succeeds())
        .end();
  }

  private static UnaryOperator<Program> extension(long number, int is) {
    return p -> plain(p, CHECK, number).returns(is).succeeds();
  }

  @Clause("VFIO-008")
  private static Case extensions() {
    return Program.of("VFIO-008", "those that there are, and some that there are not")
        .then()
        .with(extension(TYPE1, 1))
        .with(extension(TYPE1V2, 1))
        .with(extension(9, 1))
        .with(extension(6, 0))
        .with(extension(10, 0))
        .with(extension(0, 0))
        .with(extension(77, 0))
        .end();
  }

  @Clause("VFIO-009")
  private static Case noUnitAbsent() {
    return Program.of("VFIO-009", "in a kernel without them")
        .lacks(Capability.NO_IOMMU)
        .then()
        .with(p -> plain(p, CHECK, NOIOMMU).returns(0).succeeds())
        .end();
  }

  @Clause("VFIO-009")
  private static Case noUnitPresent() {
    return Program.of("VFIO-009", "in a kernel with them")
        .needs(Capability.NO_IOMMU)
        .then()
        .with(p -> plain(p, CHECK, NOIOMMU).returns(1).succeeds())
        .end();
  }

  @Clause("VFIO-010")
  private static Case coherency() {
    return Program.of("VFIO-010", "without an IOAS, and with one that has no page table")
        .then()
        .with(p -> plain(p, CHECK, 4).fails(Errno.ENODEV))
        .with(contained("io"))
        .with(extension(4, 1))
        .end();
  }

  @Clause("VFIO-012")
  private static Case types() {
    return Program.of("VFIO-012", "both types, and others, without an IOAS too")
        .then()
        .with(p -> plain(p, SET_IOMMU, 2).fails(Errno.EINVAL))
        .with(contained("io"))
        .with(p -> plain(p, SET_IOMMU, 8).fails(Errno.EINVAL))
        .with(p -> plain(p, SET_IOMMU, 0).fails(Errno.EINVAL))
        .with(p -> plain(p, SET_IOMMU, TYPE1V2).succeeds())
        .with(p -> plain(p, SET_IOMMU, TYPE1).succeeds())
        .end();
  }

  @Clause("VFIO-013")
  private static Case typeWithoutIoas() {
    return Program.of("VFIO-013", "both types")
        .then()
        .with(p -> plain(p, SET_IOMMU, TYPE1).fails(Errno.ENODEV))
        .with(p -> plain(p, SET_IOMMU, TYPE1V2).fails(Errno.ENODEV))
        .end();
  }

  private static UnaryOperator<Program> hugePages(String ioas, long are) {
    return p ->
        p.ioctl("IOMMU_OPTION")
            .set("option_id", 1)
            .set("op", 1)
            .id("object_id", ioas)
            .gives("val64", are)
            .succeeds();
  }

  @Clause("VFIO-014")
  private static Case firstType() {
    return Program.of("VFIO-014", "an empty IOAS, and one with a mapping in a page table")
        .memory(1)
        .with(contained("io"))
        .then()
        .with(p -> plain(p, SET_IOMMU, TYPE1).succeeds())
        .with(hugePages("io", 0))
        .given()
        .with(contained("other"))
        .device("d", "other")
        .map("other", Program.IOVA, 1)
        .then()
        .with(p -> plain(p, SET_IOMMU, TYPE1).fails(Errno.EINVAL))
        .with(hugePages("other", 1))
        .end();
  }

  @Clause("VFIO-015")
  private static Case secondType() {
    return Program.of("VFIO-015", "large pages on, and off")
        .with(contained("on"))
        .then()
        .with(p -> plain(p, SET_IOMMU, TYPE1V2).succeeds())
        .with(hugePages("on", 1))
        .given()
        .with(type1("off"))
        .then()
        .with(p -> plain(p, SET_IOMMU, TYPE1V2).succeeds())
        .with(hugePages("off", 0))
        .end();
  }

  /** GET_INFO of a structure at {@link Program#DATA} with that argsz. */
  private static UnaryOperator<Program> info(int argsz) {
    return p -> plain(p.put32(DATA, argsz), GET_INFO, DATA).succeeds();
  }

  @Clause("VFIO-042")
  private static Case infoRefused() {
    return Program.of("VFIO-042", "no structure, a short one, no IOAS")
        .put32(DATA, 15)
        .put32(ANSWER, 16)
        .then()
        .with(p -> plain(p, GET_INFO, NOWHERE).fails(Errno.EFAULT))
        .with(p -> plain(p, GET_INFO, DATA).fails(Errno.EINVAL))
        .with(p -> plain(p, GET_INFO, ANSWER).fails(Errno.ENODEV))
        .end();
  }

  @Clause("VFIO-043")
  private static Case pageSizes() {
    return Program.of("VFIO-043", "an IOAS without a page table")
        .with(contained("io"))
        .then()
        .ioctl(GET_INFO)
        .gives("flags", 3)
        .gives("iova_pgsizes", -PAGE)
        .succeeds()
        .end();
  }

  @Clause("VFIO-044")
  private static Case capabilities() {
    return Program.of("VFIO-044", "an IOAS without a page table")
        .with(contained("io"))
        .then()
        .with(info(WHOLE))
        .holds(DATA + 24, "03000100" + "28000000" + "ffffffff")
        .holds(DATA + 40, "01000100" + "00000000" + "01000000" + "00000000")
        .holds64(DATA + 56, 0, -1)
        .end();
  }

  @Clause("VFIO-045")
  private static Case chain() {
    return Program.of("VFIO-045", "room for all capabilities, and a byte less")
        .with(contained("io"))
        .then()
        .with(info(WHOLE))
        .holds(DATA + 16, "18000000")
        .with(info(WHOLE - 1))
        .holds(DATA + 16, "00000000")
        .end();
  }

  @Clause("VFIO-046")
  private static Case neededSize() {
    return Program.of("VFIO-046", "with the least and with too much room")
        .with(contained("io"))
        .then()
        .with(info(16))
        .holds(DATA, "48000000")
        .with(info(4096))
        .holds(DATA, "48000000")
        .end();
  }

  @Clause("VFIO-047")
  private static Case nothingBeyond() {
    return Program.of("VFIO-047", "the least room, and room for a part of the ranges")
        .with(contained("io"))
        .put64(DATA + 16, -1, -1, -1, -1, -1, -1, -1)
        .then()
        .with(info(16))
        .holds64(DATA + 16, -1, -1, -1, -1, -1, -1, -1)
        .with(info(WHOLE - 1))
        .holds(DATA + WHOLE - 1, "ff")
        .with(info(20))
        .holds64(DATA + WHOLE - 16, -1, -1)
        .end();
  }

  @Clause("VFIO-048")
  private static Case whatFits() {
    return Program.of("VFIO-048", "room for the first capability")
        .with(contained("io"))
        .then()
        .with(info(36))
        .holds(DATA + 32, "ffffffff")
        .end();
  }

  @Clause("VFIO-049")
  private static Case infoNotWritable() {
    long end = DATA + 2 * PAGE;
    return Program.of("VFIO-049", "a structure that runs out of the memory that is mapped")
        .with(contained("io"))
        .put64(end - 16, WHOLE, 0)
        .then()
        .with(p -> plain(p, GET_INFO, end - 16).fails(Errno.EFAULT))
        .end();
  }
}
