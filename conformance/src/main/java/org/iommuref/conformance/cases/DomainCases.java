package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.LARGE;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreFreeDomain;
import org.iommuref.spec.spi.Topology;

/** Domains: what each type does with an access, and that they are separate. */
final class DomainCases implements CaseSet {

  private static final long IOVA = 0x4000_4000L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        blocked(pages),
        identity(pages),
        empty(),
        attachedIsNotFreed(),
        attachedIsNotFreedByTheDriver(pages),
        setOnAPasidIsNotFreed(pages),
        lookUp(pages),
        lookUpOfLargePages(pages),
        separate(pages),
        unmapInOneLeavesTheOther(pages),
        oneOfTwoLeaves(pages),
        reusedIdStartsEmpty(pages),
        reusedTagStartsEmpty(pages),
        mappedBeforeAttached(pages),
        beyondTheAperture(pages));
  }

  @Clause("DOM-001")
  private static Case blocked(Pages pages) {
    return Scene.backend("DOM-001", "a blocked domain refuses what another maps")
        .paging(1)
        .map(1, IOVA, pages.small(1))
        .domain(2, DomainType.BLOCKED)
        .attach(FIRST, 2)
        .then()
        .read(FIRST, IOVA)
        .faults()
        .write(FIRST, IOVA)
        .faults()
        .read(FIRST, pages.small(1))
        .faults()
        .end();
  }

  @Clause("DOM-002")
  private static Case identity(Pages pages) {
    return Scene.backend("DOM-002", "an identity domain passes addresses through")
        .domain(1, DomainType.IDENTITY)
        .attach(FIRST, 1)
        .then()
        .read(FIRST, pages.small(1) + 0x238)
        .succeeds()
        .write(FIRST, pages.small(2) + 0xff8)
        .succeeds()
        .read(FIRST, pages.huge(1) + 0x1234_5678)
        .succeeds()
        .end();
  }

  @Clause("DOM-003")
  private static Case empty() {
    return Scene.backend("DOM-003", "a paging domain starts empty")
        .paging(1)
        .attach(FIRST, 1)
        .then()
        .read(FIRST, 0)
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .write(FIRST, 0x7f_ffff_f000L)
        .faults()
        .end();
  }

  @Clause("DOM-004")
  private static Case attachedIsNotFreed() {
    return Scene.core("DOM-004", "a domain in use is not freed", Topology.oneDevice())
        .add(new CoreAllocateDomain(new DomainId(1), DomainType.PAGING))
        .add(new CoreAllocateDomain(new DomainId(2), DomainType.PAGING))
        .add(new CoreAttachDevice(FIRST, new DomainId(1)))
        .then()
        .add(new CoreFreeDomain(new DomainId(1)))
        .faults()
        .add(new CoreFreeDomain(new DomainId(2)))
        .succeeds()
        .end();
  }

  @Clause("DOM-004")
  private static Case attachedIsNotFreedByTheDriver(Pages pages) {
    return Scene.backend("DOM-004", "a domain with a device attached is not freed")
        .paging(1)
        .paging(2)
        .attach(FIRST, 1)
        .map(1, IOVA, pages.small(1))
        .then()
        .free(1)
        .faults()
        .read(FIRST, IOVA)
        .succeeds()
        .attach(FIRST, 2)
        .free(1)
        .succeeds()
        .end();
  }

  @Clause("DOM-004")
  private static Case setOnAPasidIsNotFreed(Pages pages) {
    return Scene.backend("DOM-004", "a domain that is set on a PASID is not freed")
        .paging(1)
        .pasid(FIRST, 5, 1)
        .map(1, IOVA, pages.small(1))
        .then()
        .free(1)
        .faults()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .removePasid(FIRST, 5)
        .free(1)
        .succeeds()
        .end();
  }

  @Clause("DOM-005")
  private static Case lookUp(Pages pages) {
    return Scene.backend("DOM-005", "iova_to_phys gives what is mapped")
        .paging(1)
        .domain(2, DomainType.IDENTITY)
        .domain(3, DomainType.BLOCKED)
        .map(1, IOVA, pages.small(1))
        .then()
        .iovaToPhys(1, IOVA)
        .succeeds()
        .iovaToPhys(1, IOVA + 0xabc)
        .succeeds()
        .iovaToPhys(1, IOVA + PAGE)
        .succeeds()
        .iovaToPhys(2, IOVA + 0x123)
        .succeeds()
        .iovaToPhys(3, IOVA)
        .succeeds()
        .unmap(1, IOVA)
        .sync(1)
        .iovaToPhys(1, IOVA)
        .succeeds()
        .end();
  }

  @Clause("DOM-005")
  private static Case lookUpOfLargePages(Pages pages) {
    return Scene.backend("DOM-005", "iova_to_phys adds the offset in a large page")
        .paging(1)
        .map(1, 3 * LARGE, pages.large(1), LARGE, 1, Prot.READ_WRITE)
        .then()
        .iovaToPhys(1, 3 * LARGE + 0x12_3456)
        .succeeds()
        .iovaToPhys(1, 4 * LARGE)
        .succeeds()
        .end();
  }

  @Clause("DOM-006")
  private static Case separate(Pages pages) {
    return Scene.backend("DOM-006", "two domains map one address apart", Topology.twoDevices())
        .paging(1)
        .paging(2)
        .attach(FIRST, 1)
        .attach(SECOND, 2)
        .map(1, IOVA, pages.small(1))
        .then()
        .read(SECOND, IOVA)
        .faults()
        .map(2, IOVA, pages.small(2))
        .read(FIRST, IOVA)
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .end();
  }

  @Clause("DOM-006")
  private static Case unmapInOneLeavesTheOther(Pages pages) {
    return Scene.backend("DOM-006", "an unmap in one leaves the other", Topology.twoDevices())
        .paging(1)
        .paging(2)
        .attach(FIRST, 1)
        .attach(SECOND, 2)
        .map(1, IOVA, pages.small(1))
        .map(2, IOVA, pages.small(2))
        .then()
        .unmap(1, IOVA)
        .sync(1)
        .read(SECOND, IOVA)
        .succeeds()
        .end();
  }

  /** What names the domain to hardware stays its own while a device is in it. */
  @Clause("DOM-006")
  private static Case oneOfTwoLeaves(Pages pages) {
    return Scene.backend(
            "DOM-006", "a domain that one of two devices has left", Topology.twoDevices())
        .paging(1)
        .paging(2)
        .paging(3)
        .attach(FIRST, 1)
        .attach(SECOND, 1)
        .attach(SECOND, 2)
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .attach(SECOND, 3)
        .read(SECOND, IOVA)
        .faults()
        .map(3, IOVA, pages.small(2))
        .read(SECOND, IOVA)
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("DOM-007")
  private static Case reusedIdStartsEmpty(Pages pages) {
    return Scene.backend("DOM-007", "a domain after a freed one starts empty")
        .paging(1)
        .paging(2)
        .attach(FIRST, 1)
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .attach(FIRST, 2)
        .free(1)
        .then()
        .paging(1)
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .faults()
        .map(1, IOVA, pages.small(2))
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("DOM-007")
  private static Case reusedTagStartsEmpty(Pages pages) {
    return Scene.backend(
            "DOM-007", "a tag that is used again brings nothing along", Topology.twoDevices())
        .paging(1)
        .paging(2)
        .paging(3)
        .attach(FIRST, 1)
        .attach(SECOND, 2)
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .domain(4, DomainType.BLOCKED)
        .attach(FIRST, 4)
        .free(1)
        .then()
        .attach(SECOND, 3)
        .attach(FIRST, 3)
        .read(FIRST, IOVA)
        .faults()
        .read(SECOND, IOVA)
        .faults()
        .end();
  }

  @Clause("DOM-008")
  private static Case mappedBeforeAttached(Pages pages) {
    return Scene.backend("DOM-008", "mappings precede and outlive attachments")
        .paging(1)
        .paging(2)
        .map(1, IOVA, pages.small(1))
        .then()
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .attach(FIRST, 2)
        .map(1, IOVA + PAGE, pages.small(2))
        .attach(FIRST, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .end();
  }

  @Clause("DOM-009")
  private static Case beyondTheAperture(Pages pages) {
    return Scene.backend("DOM-009", "an address above the aperture does not wrap")
        .paging(1)
        .attach(FIRST, 1)
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .read(FIRST, IOVA | 1L << 57)
        .faults()
        .write(FIRST, IOVA | pages.aperture())
        .faults()
        .end();
  }
}
