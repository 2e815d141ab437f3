package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.operation.SetPasid;
import org.iommuref.spec.spi.Topology;

/** Domains of PASIDs at seam 2. */
final class PasidCases implements CaseSet {

  private static final long IOVA = 0x20_0000L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        ownDomain(pages),
        ridIsNoPasid(pages),
        unset(pages),
        removed(pages),
        replaced(pages),
        failedReplace(pages),
        ridChanges(pages),
        twoDevices(pages),
        removalLeavesOthers(pages),
        sharedDomain(pages),
        syncReachesPasids(pages),
        manyTags(pages),
        recordNamesPasid(),
        everyPasid(pages));
  }

  private static Scene given(String clause, String name, Topology topology, Pages pages) {
    return Scene.backend(clause, name, topology)
        .paging(1)
        .paging(2)
        .paging(3)
        .map(1, IOVA, pages.small(1))
        .map(2, IOVA, pages.small(2))
        .map(3, IOVA, pages.small(3))
        .map(1, IOVA + PAGE, pages.small(4))
        .attach(FIRST, 1)
        .pasid(FIRST, 5, 2)
        .pasid(FIRST, 1, 2);
  }

  private static Scene given(String clause, String name, Pages pages) {
    return given(clause, name, Topology.oneDevice(), pages);
  }

  @Clause("PASID-001")
  private static Case ownDomain(Pages pages) {
    return given("PASID-001", "a PASID translates by its own domain", pages)
        .then()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .pasid(FIRST, 6, 3)
        .read(FIRST, 6, IOVA)
        .succeeds()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .read(FIRST, 5, IOVA + PAGE)
        .faults()
        .end();
  }

  @Clause("PASID-002")
  private static Case ridIsNoPasid(Pages pages) {
    return given("PASID-002", "an access without PASID goes by the RID", pages)
        .then()
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .end();
  }

  @Clause("PASID-003")
  private static Case unset(Pages pages) {
    return given("PASID-003", "a PASID without domain is refused", pages)
        .then()
        .read(FIRST, 7, IOVA)
        .faults()
        .read(FIRST, 7, IOVA + PAGE)
        .faults()
        .end();
  }

  @Clause("PASID-004")
  private static Case removed(Pages pages) {
    return given("PASID-004", "a PASID whose domain was removed is refused", pages)
        .read(FIRST, 5, IOVA)
        .succeeds()
        .then()
        .removePasid(FIRST, 5)
        .read(FIRST, 5, IOVA)
        .faults()
        .pasid(FIRST, 5, 3)
        .read(FIRST, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("PASID-005")
  private static Case replaced(Pages pages) {
    return given("PASID-005", "a replaced PASID translates by the new domain alone", pages)
        .map(2, IOVA + PAGE, pages.small(5))
        .read(FIRST, 5, IOVA + PAGE)
        .succeeds()
        .then()
        .pasid(FIRST, 5, 3)
        .read(FIRST, 5, IOVA)
        .succeeds()
        .read(FIRST, 5, IOVA + PAGE)
        .faults()
        .end();
  }

  @Clause("PASID-012")
  private static Case failedReplace(Pages pages) {
    return given("PASID-012", "a failed replace keeps the PASID's domain", pages)
        .needs(Capability.FAILING_ATTACH)
        .then()
        .add(new FailNextAttach(FIRST, Errno.ENOMEM))
        .add(new SetPasid(FIRST, new Pasid(5), new DomainId(3), new DomainId(2)))
        .faults()
        .read(FIRST, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("PASID-013")
  private static Case ridChanges(Pages pages) {
    return given("PASID-013", "changes of the RID's domain leave PASIDs", pages)
        .domain(4, DomainType.BLOCKED)
        .then()
        .attach(FIRST, 3)
        .read(FIRST, 5, IOVA)
        .succeeds()
        .attach(FIRST, 4)
        .read(FIRST, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("PASID-014")
  private static Case twoDevices(Pages pages) {
    return given("PASID-014", "PASIDs of two devices are apart", Topology.twoDevices(), pages)
        .then()
        .read(SECOND, 5, IOVA)
        .faults()
        .pasid(SECOND, 5, 3)
        .read(FIRST, 5, IOVA)
        .succeeds()
        .read(SECOND, 5, IOVA)
        .succeeds()
        .end();
  }

  @Clause("PASID-015")
  private static Case removalLeavesOthers(Pages pages) {
    return given("PASID-015", "a removal leaves the RID and other PASIDs", pages)
        .pasid(FIRST, 6, 3)
        .then()
        .removePasid(FIRST, 5)
        .read(FIRST, 6, IOVA)
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .end();
  }

  @Clause("PASID-016")
  private static Case sharedDomain(Pages pages) {
    return given("PASID-016", "RID and PASID share a domain", pages)
        .then()
        .pasid(FIRST, 6, 1)
        .read(FIRST, 6, IOVA + PAGE)
        .succeeds()
        .map(1, IOVA + 2 * PAGE, pages.small(6))
        .read(FIRST, IOVA + 2 * PAGE)
        .succeeds()
        .read(FIRST, 6, IOVA + 2 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("INV-017")
  private static Case syncReachesPasids(Pages pages) {
    return given("INV-017", "a sync reaches what was cached for a PASID", pages)
        .read(FIRST, 5, IOVA)
        .succeeds()
        .then()
        .unmap(2, IOVA)
        .sync(2)
        .read(FIRST, 5, IOVA)
        .faults()
        .end();
  }

  /** More tags than a driver hands to its unit at once. */
  @Clause("INV-004")
  private static Case manyTags(Pages pages) {
    int many = 17;
    Scene scene =
        Scene.backend("INV-004", "a domain of many PASIDs")
            .paging(1)
            .attach(FIRST, 1)
            .map(1, IOVA, pages.small(1))
            .read(FIRST, IOVA)
            .succeeds();
    for (int pasid = 1; pasid <= many; pasid++) {
      scene.pasid(FIRST, pasid, 1).read(FIRST, pasid, IOVA).succeeds();
    }
    scene.then().unmap(1, IOVA).sync(1).read(FIRST, IOVA).faults();
    for (int pasid = 1; pasid <= many; pasid++) {
      scene.read(FIRST, pasid, IOVA).faults();
    }
    return scene.end();
  }

  @Clause("FREC-007")
  private static Case recordNamesPasid() {
    return Scene.backend("FREC-007", "a record names the PASID")
        .needs(Capability.STIMULUS_PASID)
        .paging(1)
        .attach(FIRST, 1)
        .paging(2)
        .pasid(FIRST, 9, 2)
        .then()
        .read(FIRST, 9, IOVA)
        .faults()
        .takeFaults()
        .succeeds()
        .read(FIRST, IOVA)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("PASID-017")
  private static Case everyPasid(Pages pages) {
    int last = Math.max(pages.claims().maxPasids() - 1, 1);
    return given("PASID-017", "the last PASID of a device, and one half as large", pages)
        .then()
        .pasid(FIRST, last, 3)
        .read(FIRST, last, IOVA)
        .succeeds()
        .read(FIRST, last / 2, IOVA)
        .faults()
        .pasid(FIRST, last / 2, 2)
        .read(FIRST, last / 2, IOVA)
        .succeeds()
        .read(FIRST, last, IOVA)
        .succeeds()
        .end();
  }
}
