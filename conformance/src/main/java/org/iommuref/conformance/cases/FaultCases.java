package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.MapCases.given;
import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.LARGE;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.spi.Topology;

/** What the fault log tells of refused accesses. */
final class FaultCases implements CaseSet {

  private static final long IOVA = 0x40_8000L;
  private static final int MORE_THAN_ANY_LOG = 300;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        recorded(pages),
        recordedWhereCached(pages),
        requester(pages),
        page(pages),
        kind(pages),
        successIsNotRecorded(pages),
        overflow(),
        afterOverflow(),
        readOnce(pages),
        order(pages),
        vtdReadReason(pages),
        vtdWriteReason(pages),
        vtdWidthReason(pages),
        vtdContextReason(),
        scalableReasons(pages),
        scalableReasonsOfRights(pages),
        vtdZeroLengthRead(pages),
        vtdZeroLengthReadRefused(pages));
  }

  @Clause("FREC-001")
  private static Case recorded(Pages pages) {
    return given("FREC-001", "a refused access is recorded")
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .then()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .takeFaults()
        .succeeds()
        .write(FIRST, IOVA)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-001")
  private static Case recordedWhereCached(Pages pages) {
    return given("FREC-001", "an access that a cached translation refuses is recorded")
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .write(FIRST, IOVA)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-002")
  private static Case requester(Pages pages) {
    return Scene.backend("FREC-002", "a record names its requester", Topology.twoDevices())
        .paging(1)
        .paging(2)
        .attach(FIRST, 1)
        .attach(SECOND, 2)
        .map(1, IOVA, pages.small(1))
        .then()
        .read(SECOND, IOVA)
        .faults()
        .takeFaults()
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-003")
  private static Case page(Pages pages) {
    return given("FREC-003", "a record gives the page of the input address")
        .map(1, IOVA, pages.small(1))
        .then()
        .read(FIRST, IOVA + PAGE + 0x7f8)
        .faults()
        .takeFaults()
        .succeeds()
        .write(FIRST, 0x12_3456_7000L)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-004")
  private static Case kind(Pages pages) {
    return given("FREC-004", "a record tells a write from a read")
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .then()
        .write(FIRST, IOVA)
        .faults()
        .takeFaults()
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-005")
  private static Case successIsNotRecorded(Pages pages) {
    return given("FREC-005", "a successful access leaves no record")
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA)
        .succeeds()
        .then()
        .takeFaults()
        .faults()
        .end();
  }

  private static Scene fill(Scene scene) {
    for (int i = 0; i < MORE_THAN_ANY_LOG; i++) {
      scene.read(FIRST, IOVA + i * PAGE).faults();
    }
    return scene;
  }

  @Clause("FREC-006")
  private static Case overflow() {
    return fill(given("FREC-006", "a full log says that records were lost"))
        .needs(Capability.FAULT_OVERFLOW)
        .then()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-008")
  private static Case afterOverflow() {
    return fill(given("FREC-008", "faults are recorded again after an overflow"))
        .needs(Capability.FAULT_OVERFLOW)
        .takeFaults()
        .then()
        .read(FIRST, IOVA + LARGE)
        .faults()
        .takeFaults()
        .succeeds()
        .takeFaults()
        .faults()
        .end();
  }

  @Clause("FREC-009")
  private static Case readOnce(Pages pages) {
    return given("FREC-009", "a record is given once")
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA + PAGE)
        .faults()
        .takeFaults()
        .then()
        .takeFaults()
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .takeFaults()
        .faults()
        .end();
  }

  @Clause("FREC-010")
  private static Case order(Pages pages) {
    return Scene.backend("FREC-010", "records come in order", Topology.twoDevices())
        .paging(1)
        .attach(FIRST, 1)
        .attach(SECOND, 1)
        .map(1, IOVA, pages.small(1))
        .then()
        .read(FIRST, IOVA + 3 * PAGE)
        .faults()
        .write(SECOND, IOVA + PAGE)
        .faults()
        .read(FIRST, IOVA + 2 * PAGE)
        .faults()
        .takeFaults()
        .succeeds()
        .read(SECOND, IOVA + 5 * PAGE)
        .faults()
        .read(FIRST, IOVA + 4 * PAGE)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("VTD-013")
  private static Case vtdReadReason(Pages pages) {
    return given("VTD-013", "a read without the right has reason 06h")
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.WRITE)
        .read(FIRST, IOVA)
        .faults()
        .then()
        .takeFaults()
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("VTD-012")
  private static Case vtdWriteReason(Pages pages) {
    return given("VTD-012", "a write without the right has reason 05h")
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .write(FIRST, IOVA)
        .faults()
        .then()
        .takeFaults()
        .succeeds()
        .write(FIRST, IOVA + LARGE)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("VTD-009")
  private static Case vtdWidthReason(Pages pages) {
    return given("VTD-009", "an address beyond the width has reason 04h")
        .read(FIRST, pages.aperture())
        .faults()
        .then()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("VTD-003")
  private static Case vtdContextReason() {
    return Scene.backend(
            "VTD-003", "a device without context entry has reason 02h", Topology.twoDevices())
        .paging(1)
        .attach(FIRST, 1)
        .read(SECOND, IOVA)
        .faults()
        .then()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-012")
  private static Case scalableReasons(Pages pages) {
    return given("FREC-012", "what is not mapped, too wide, or of no domain")
        .needs(Capability.VTD_SCALABLE)
        .domain(2, DomainType.BLOCKED)
        .read(FIRST, IOVA)
        .faults()
        .then()
        .takeFaults()
        .succeeds()
        .read(FIRST, pages.aperture())
        .faults()
        .takeFaults()
        .succeeds()
        .attach(FIRST, 2)
        .read(FIRST, IOVA)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-012")
  private static Case scalableReasonsOfRights(Pages pages) {
    return given("FREC-012", "a write without the right")
        .needs(Capability.VTD_SCALABLE)
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .write(FIRST, IOVA)
        .faults()
        .then()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("VTD-020")
  private static Case vtdZeroLengthRead(Pages pages) {
    return writeOnly("VTD-020", "with ZLR, a zero-length read of a write-only page", pages)
        .needs(Capability.ZERO_LENGTH_READS)
        .then()
        .access(FIRST, AccessKind.ZERO_LENGTH_READ, IOVA)
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("VTD-020")
  private static Case vtdZeroLengthReadRefused(Pages pages) {
    return writeOnly("VTD-020", "without ZLR, a zero-length read of a write-only page", pages)
        .lacks(Capability.ZERO_LENGTH_READS)
        .then()
        .access(FIRST, AccessKind.ZERO_LENGTH_READ, IOVA)
        .faults()
        .write(FIRST, IOVA)
        .succeeds()
        .end();
  }

  private static Scene writeOnly(String clause, String name, Pages pages) {
    return given(clause, name).map(1, IOVA, pages.small(1), PAGE, 1, Prot.WRITE);
  }
}
