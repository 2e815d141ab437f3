package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pin;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.unpin;
import static org.iommuref.conformance.cases.iommufd.ProcessSteps.fork;
import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED_IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Program.READABLE;

import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** When the memory behind mappings is pinned, and how often. */
final class PinCases implements ProgramCaseSet {

  @Override
  public List<Case> cases() {
    return List.of(
        mapPins(),
        attachPins(),
        oncePerMemory(),
        lastTableUnpins(),
        lastOfTwoIoasesUnpins(),
        otherTableStays(),
        accessKeepsPin(),
        tableKeepsPin(),
        eachMapPins(),
        eachPageOfTwoMaps(),
        partialPages(),
        hole(),
        readOnlyMemory(),
        readOnlyStaysOwn());
  }

  @Clause("PIN-001")
  private static Case mapPins() {
    return Program.of("PIN-001", "a map into an IOAS that has a page table")
        .memory(2)
        .ioas("io")
        .device("d", "io")
        .pins(MEMORY, 2 * PAGE, 0)
        .then()
        .map("io", IOVA, 2)
        .pins(MEMORY, 2 * PAGE, 1)
        .end();
  }

  @Clause("PIN-001")
  private static Case attachPins() {
    return Program.of("PIN-001", "a page table for an IOAS that has a mapping")
        .memory(2)
        .ioas("io")
        .map("io", IOVA, 2)
        .pins(MEMORY, 2 * PAGE, 0)
        .then()
        .device("d", "io")
        .pins(MEMORY, 2 * PAGE, 1)
        .mapsTo("d.hwpt", IOVA, MEMORY, 2 * PAGE)
        .end();
  }

  @Clause("PIN-002")
  private static Case oncePerMemory() {
    return Program.of("PIN-002", "two page tables of an IOAS, and one of another with a copy")
        .memory(1)
        .ioas("io")
        .ioas("other")
        .map("io", IOVA, 1)
        .device("d", "io")
        .hwpt("second", "d", "io")
        .then()
        .device("e", "second")
        .pins(MEMORY, PAGE, 1)
        .given()
        .with(copy("io", "other", 1))
        .then()
        .replace("e", "other")
        .pins(MEMORY, PAGE, 1)
        .end();
  }

  /** Copies pages of a mapping at {@link Program#IOVA} to the same place of another IOAS. */
  private static UnaryOperator<Program> copy(String from, String to, long pages) {
    return p ->
        p.ioctl("IOMMU_IOAS_COPY")
            .set("flags", Program.FIXED)
            .id("src_ioas_id", from)
            .id("dst_ioas_id", to)
            .set("length", pages * PAGE)
            .set("src_iova", IOVA)
            .set("dst_iova", IOVA)
            .succeeds();
  }

  @Clause("PIN-003")
  private static Case lastTableUnpins() {
    return Program.of("PIN-003", "the one device of an IOAS goes")
        .memory(2)
        .ioas("io")
        .map("io", IOVA, 2)
        .device("d", "io")
        .pins(MEMORY, 2 * PAGE, 1)
        .then()
        .destroy("d.stdev")
        .pins(MEMORY, 2 * PAGE, 0)
        .end();
  }

  @Clause("PIN-003")
  private static Case lastOfTwoIoasesUnpins() {
    return Program.of("PIN-003", "first the device of one IOAS goes, then that of the copy")
        .needs(Capability.TWO_DEVICES)
        .memory(1)
        .ioas("io")
        .ioas("other")
        .map("io", IOVA, 1)
        .with(copy("io", "other", 1))
        .device("d", "io")
        .device("e", "other")
        .then()
        .destroy("d.stdev")
        .pins(MEMORY, PAGE, 1)
        .destroy("e.stdev")
        .pins(MEMORY, PAGE, 0)
        .end();
  }

  @Clause("PIN-004")
  private static Case otherTableStays() {
    return Program.of("PIN-004", "the first of two devices goes, and its page table")
        .memory(2)
        .ioas("io")
        .map("io", IOVA, 2)
        .device("d", "io")
        .hwpt("second", "d", "io")
        .device("e", "second")
        .then()
        .destroy("d.stdev")
        .mapsTo("second", IOVA, MEMORY, 2 * PAGE)
        .pins(MEMORY, 2 * PAGE, 1)
        .end();
  }

  @Clause("PIN-006")
  private static Case accessKeepsPin() {
    return Program.of("PIN-006", "the page table goes, the pin of an access stays")
        .memory(2)
        .ioas("io")
        .map("io", IOVA, 2)
        .device("d", "io")
        .with(access("a", "io"))
        .with(pin("pin", "a", IOVA, PAGE))
        .then()
        .destroy("d.stdev")
        .pins(MEMORY, PAGE, 1)
        .pins(MEMORY + PAGE, PAGE, 0)
        .end();
  }

  @Clause("PIN-006")
  private static Case tableKeepsPin() {
    return Program.of("PIN-006", "the pin of an access goes, the page table stays")
        .memory(1)
        .ioas("io")
        .map("io", IOVA, 1)
        .with(access("a", "io"))
        .with(pin("pin", "a", IOVA, PAGE))
        .device("d", "io")
        .then()
        .with(unpin("pin", "a"))
        .pins(MEMORY, PAGE, 1)
        .end();
  }

  @Clause("PIN-007")
  private static Case eachMapPins() {
    return Program.of("PIN-007", "one page mapped twice")
        .memory(1)
        .ioas("io")
        .device("d", "io")
        .map("io", IOVA, 1)
        .then()
        .map("io", IOVA + PAGE, 1)
        .pins(MEMORY, PAGE, 2)
        .accounts(2, 0)
        .unmap("io", IOVA, PAGE)
        .pins(MEMORY, PAGE, 1)
        .end();
  }

  @Clause("PIN-007")
  private static Case eachPageOfTwoMaps() {
    return Program.of("PIN-007", "two pages mapped twice, each has lost one pin with one mapping")
        .memory(2)
        .ioas("io")
        .device("d", "io")
        .map("io", IOVA, 2)
        .then()
        .map("io", IOVA + 2 * PAGE, 2)
        .pins(MEMORY, 2 * PAGE, 2)
        .unmap("io", IOVA, 2 * PAGE)
        .pins(MEMORY, PAGE, 1)
        .pins(MEMORY + PAGE, PAGE, 1)
        .end();
  }

  @Clause("PIN-008")
  private static Case partialPages() {
    return Program.of("PIN-008", "one mapping ends in the middle of a page, another begins there")
        .needs(Capability.MOCK)
        .memory(3)
        .ioas("io")
        .device("d", "io")
        .then()
        .map("io", IOVA, MEMORY, PAGE + PAGE / 2)
        .map("io", IOVA + 2 * PAGE + PAGE / 2, MEMORY + 2 * PAGE + PAGE / 2, PAGE / 2)
        .pins(MEMORY, 3 * PAGE, 1)
        .accounts(3, 0)
        .end();
  }

  @Clause("PIN-009")
  private static Case hole() {
    return Program.of("PIN-009", "the second of three pages is not there")
        .memory(3)
        .unmapMemory(MEMORY + PAGE, 1)
        .ioas("io")
        .device("d", "io")
        .then()
        .mapping("io", IOVA, MEMORY, 3 * PAGE)
        .fails(Errno.EFAULT)
        .pins(MEMORY, PAGE, 0)
        .accounts(0, 0)
        .end();
  }

  @Clause("PIN-010")
  private static Case readOnlyMemory() {
    return Program.of("PIN-010", "memory that the process can only read")
        .add(new ProgramCall.MapMemory(ProgramCall.MAIN, MEMORY, PAGE, false, Expect.SUCCESS))
        .ioas("io")
        .device("d", "io")
        .then()
        .mapping("io", IOVA, MEMORY, PAGE)
        .fails(Errno.EFAULT)
        .ioctl("IOMMU_IOAS_MAP")
        .set("flags", FIXED_IOVA | READABLE)
        .id("ioas_id", "io")
        .set("user_va", MEMORY)
        .set("length", PAGE)
        .set("iova", IOVA)
        .succeeds()
        .end();
  }

  @Clause("PIN-011")
  private static Case readOnlyStaysOwn() {
    return Program.of("PIN-011", "a page that a child shares is mapped to be read, then written")
        .memory(1)
        .ioas("io")
        .device("d", "io")
        .with(fork())
        .then()
        .ioctl("IOMMU_IOAS_MAP")
        .set("flags", FIXED_IOVA | READABLE)
        .id("ioas_id", "io")
        .set("user_va", MEMORY)
        .set("length", PAGE)
        .set("iova", IOVA)
        .succeeds()
        .put64(MEMORY, DATA)
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .end();
  }
}
