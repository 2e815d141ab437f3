package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.LARGE;
import static org.iommuref.conformance.cases.Scene.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreIovaToPhys;
import org.iommuref.spec.operation.CoreMap;
import org.iommuref.spec.operation.CoreUnmap;
import org.iommuref.spec.spi.Topology;

/** Ranges in the core: choice of page sizes, undoing, invalidation before the return. */
final class CoreCases implements CaseSet {

  private static final long IOVA = 0x100_0000L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        misaligned(pages),
        misalignedSize(pages),
        misalignedUnmap(pages),
        largestPage(pages),
        largestPageWithMisalignedTarget(pages),
        failedMapIsUndone(pages),
        severalSizes(pages),
        notPaging(pages),
        emptyMap(pages),
        lastPage(pages),
        bytesRemoved(pages),
        upToTheFirstHole(pages),
        unmapSyncs(pages),
        unmapSyncsRanges(pages),
        emptyGather(pages),
        rightsOfRanges(pages),
        withoutRights(pages));
  }

  static CoreMap map(int domain, long iova, long paddr, long size) {
    return map(domain, iova, paddr, size, Prot.READ_WRITE);
  }

  static CoreMap map(int domain, long iova, long paddr, long size, Prot prot) {
    return new CoreMap(new DomainId(domain), new Iova(iova), new PhysAddr(paddr), size, prot);
  }

  static CoreUnmap unmap(int domain, long iova, long size) {
    return new CoreUnmap(new DomainId(domain), new Iova(iova), size);
  }

  static Scene given(String clause, String name) {
    return Scene.core(clause, name, Topology.oneDevice())
        .add(new CoreAllocateDomain(new DomainId(1), DomainType.PAGING))
        .add(new CoreAttachDevice(FIRST, new DomainId(1)));
  }

  @Clause("MAP-007")
  private static Case misaligned(Pages pages) {
    return given("MAP-007", "a misaligned map is refused")
        .then()
        .add(map(1, IOVA + 0x800, pages.small(1), PAGE))
        .faults()
        .add(map(1, IOVA, pages.small(1) + 8, PAGE))
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("MAP-028")
  private static Case misalignedSize(Pages pages) {
    return given("MAP-028", "a map of a misaligned size is refused")
        .then()
        .add(map(1, IOVA, pages.small(1), PAGE + 0x10))
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("MAP-029")
  private static Case misalignedUnmap(Pages pages) {
    return given("MAP-029", "a misaligned unmap removes nothing")
        .add(map(1, IOVA, pages.small(1), PAGE))
        .then()
        .add(unmap(1, IOVA + 8, PAGE))
        .succeeds()
        .add(unmap(1, IOVA, 0x10))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  /** Which page size was chosen shows in what an unmap of one small page takes. MAP-012. */
  @Clause("MAP-008")
  private static Case largestPage(Pages pages) {
    return given("MAP-008", "the largest page that fits is used")
        .needs(Capability.LARGE_PAGES)
        .add(map(1, 8 * LARGE - 2 * PAGE, pages.large(1) - 2 * PAGE, LARGE + 4 * PAGE))
        .then()
        .add(unmap(1, 8 * LARGE - PAGE, PAGE))
        .succeeds()
        .add(unmap(1, 8 * LARGE, PAGE))
        .succeeds()
        .add(unmap(1, 9 * LARGE, PAGE))
        .succeeds()
        .read(FIRST, 8 * LARGE - 2 * PAGE)
        .succeeds()
        .read(FIRST, 9 * LARGE + PAGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-008")
  private static Case largestPageWithMisalignedTarget(Pages pages) {
    return given("MAP-008", "a page size must divide both addresses")
        .needs(Capability.LARGE_PAGES)
        .add(map(1, 8 * LARGE, pages.large(1) + PAGE, LARGE))
        .then()
        .read(FIRST, 8 * LARGE)
        .succeeds()
        .add(unmap(1, 8 * LARGE, PAGE))
        .succeeds()
        .read(FIRST, 8 * LARGE + PAGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-013")
  private static Case failedMapIsUndone(Pages pages) {
    return given("MAP-013", "a failed map leaves nothing behind")
        .add(map(1, IOVA + 3 * PAGE, pages.small(1), PAGE))
        .then()
        .add(map(1, IOVA, pages.large(1), 8 * PAGE))
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .read(FIRST, IOVA + 2 * PAGE)
        .faults()
        .read(FIRST, IOVA + 4 * PAGE)
        .faults()
        .read(FIRST, IOVA + 3 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("MAP-022")
  private static Case severalSizes(Pages pages) {
    return given("MAP-022", "a range of several page sizes is mapped whole")
        .needs(Capability.LARGE_PAGES)
        .then()
        .add(map(1, 8 * LARGE - PAGE, pages.large(4) - PAGE, 2 * LARGE + 2 * PAGE))
        .read(FIRST, 8 * LARGE - PAGE)
        .succeeds()
        .read(FIRST, 8 * LARGE + 0x1238)
        .succeeds()
        .write(FIRST, 9 * LARGE + 0x1f_f000)
        .succeeds()
        .read(FIRST, 10 * LARGE + 0xff8)
        .succeeds()
        .read(FIRST, 10 * LARGE + PAGE)
        .faults()
        .add(unmap(1, 8 * LARGE - PAGE, 2 * LARGE + 2 * PAGE))
        .succeeds()
        .read(FIRST, 10 * LARGE)
        .faults()
        .end();
  }

  @Clause("MAP-026")
  private static Case notPaging(Pages pages) {
    return Scene.core("MAP-026", "only paging domains can be mapped into", Topology.oneDevice())
        .needs(Capability.IDENTITY)
        .add(new CoreAllocateDomain(new DomainId(1), DomainType.IDENTITY))
        .then()
        .add(map(1, IOVA, pages.small(1), PAGE))
        .faults()
        .add(new CoreAttachDevice(FIRST, new DomainId(1)))
        .read(FIRST, pages.small(2))
        .succeeds()
        .end();
  }

  @Clause("MAP-025")
  private static Case emptyMap(Pages pages) {
    return given("MAP-025", "a map of no bytes maps nothing")
        .then()
        .add(map(1, IOVA, pages.small(1), 0))
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("MAP-027")
  private static Case lastPage(Pages pages) {
    long last = pages.aperture() - PAGE;
    return given("MAP-027", "the core maps the last page of the aperture")
        .then()
        .add(map(1, last, pages.small(1), PAGE))
        .succeeds()
        .read(FIRST, last + 0xff8)
        .succeeds()
        .end();
  }

  @Clause("MAP-010")
  private static Case bytesRemoved(Pages pages) {
    return given("MAP-010", "the core adds up what it removed")
        .add(map(1, IOVA, pages.large(1), 6 * PAGE))
        .then()
        .add(unmap(1, IOVA, 4 * PAGE))
        .succeeds()
        .add(unmap(1, IOVA + 4 * PAGE, 4 * PAGE))
        .succeeds()
        .add(unmap(1, IOVA, 4 * PAGE))
        .succeeds()
        .add(new CoreIovaToPhys(new DomainId(1), new Iova(IOVA)))
        .succeeds()
        .end();
  }

  @Clause("MAP-011")
  private static Case upToTheFirstHole(Pages pages) {
    return given("MAP-011", "the core stops at the first hole")
        .add(map(1, IOVA, pages.large(1), 2 * PAGE))
        .add(map(1, IOVA + 3 * PAGE, pages.small(1), PAGE))
        .then()
        .add(unmap(1, IOVA, 4 * PAGE))
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .read(FIRST, IOVA + 3 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("INV-014")
  private static Case unmapSyncs(Pages pages) {
    return given("INV-014", "an unmap of the core has synced when it returns")
        .add(map(1, IOVA, pages.small(1), PAGE))
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .add(unmap(1, IOVA, PAGE))
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("INV-014")
  private static Case unmapSyncsRanges(Pages pages) {
    return given("INV-014", "an unmap of several page sizes has synced them all")
        .needs(Capability.LARGE_PAGES)
        .add(map(1, 8 * LARGE - PAGE, pages.large(1) - PAGE, LARGE + 2 * PAGE))
        .read(FIRST, 8 * LARGE - PAGE)
        .succeeds()
        .read(FIRST, 8 * LARGE + 0x3000)
        .succeeds()
        .read(FIRST, 9 * LARGE)
        .succeeds()
        .then()
        .add(unmap(1, 8 * LARGE - PAGE, LARGE + 2 * PAGE))
        .read(FIRST, 8 * LARGE - PAGE)
        .faults()
        .read(FIRST, 8 * LARGE + 0x3000)
        .faults()
        .read(FIRST, 9 * LARGE)
        .faults()
        .end();
  }

  /** A driver that is asked to sync an empty gather may do anything; the core must not ask. */
  @Clause("INV-011")
  private static Case emptyGather(Pages pages) {
    return given("INV-011", "an unmap of nothing calls for no sync")
        .add(map(1, IOVA, pages.small(1), PAGE))
        .read(FIRST, IOVA)
        .succeeds()
        .then()
        .add(unmap(1, IOVA + PAGE, PAGE))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("MAP-003")
  private static Case rightsOfRanges(Pages pages) {
    return given("MAP-003", "a read-only range refuses writes")
        .add(map(1, IOVA, pages.large(1), 2 * PAGE, Prot.READ))
        .then()
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .write(FIRST, IOVA + PAGE)
        .faults()
        .end();
  }

  @Clause("MAP-015")
  private static Case withoutRights(Pages pages) {
    return given("MAP-015", "a range without rights is refused")
        .then()
        .add(map(1, IOVA, pages.small(1), PAGE, Prot.NONE))
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }
}
