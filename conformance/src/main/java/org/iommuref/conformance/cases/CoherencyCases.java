package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.AskForTranslation;
import org.iommuref.spec.operation.EnforceCoherency;

/** Domains that enforce cache coherency, at seam 2: devices are told it with their translations. */
final class CoherencyCases implements CaseSet {

  private static final long IOVA = 0x20_0000L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        before(pages), ofSecondStage(pages), attached(pages), nested(pages), offered(pages));
  }

  private static Scene given(String clause, String name) {
    return Scene.backend(clause, name)
        .needs(Capability.ENFORCED_COHERENCY, Capability.KEEPING_DEVICES);
  }

  private static AskForTranslation ask(long iova) {
    return new AskForTranslation(FIRST, null, new Iova(iova));
  }

  @Clause("DOM-011")
  private static Case before(Pages pages) {
    return given("DOM-011", "a domain that is attached later")
        .needs(Capability.STIMULUS_PASID)
        .paging(1)
        .add(new EnforceCoherency(new DomainId(1)))
        .map(1, IOVA, pages.small(1))
        .attach(FIRST, 1)
        .pasid(FIRST, 5, 1)
        .then()
        .add(ask(IOVA))
        .succeeds()
        .add(new AskForTranslation(FIRST, new Pasid(5), new Iova(IOVA)))
        .succeeds()
        .end();
  }

  @Clause("DOM-011")
  private static Case ofSecondStage(Pages pages) {
    return given("DOM-011", "a domain that can record writes too")
        .needs(Capability.DIRTY_TRACKING)
        .add(new AllocatePaging(new DomainId(1), FIRST, false, true))
        .attach(FIRST, 1)
        .add(new EnforceCoherency(new DomainId(1)))
        .map(1, IOVA, pages.small(1))
        .then()
        .add(ask(IOVA))
        .succeeds()
        .add(ask(IOVA + PAGE))
        .faults()
        .end();
  }

  @Clause("DOM-014")
  private static Case offered(Pages pages) {
    return Scene.backend("DOM-014", "a domain that is made coherent and used")
        .needs(Capability.ENFORCED_COHERENCY)
        .paging(1)
        .attach(FIRST, 1)
        .then()
        .add(new EnforceCoherency(new DomainId(1)))
        .succeeds()
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA)
        .succeeds()
        .unmap(1, IOVA)
        .sync(1)
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("DOM-012")
  private static Case attached(Pages pages) {
    return given("DOM-012", "a device that has used the domain already")
        .paging(1)
        .attach(FIRST, 1)
        .map(1, IOVA, pages.small(1))
        .read(FIRST, IOVA)
        .succeeds()
        .unmap(1, IOVA)
        .sync(1)
        .then()
        .add(new EnforceCoherency(new DomainId(1)))
        .map(1, IOVA, pages.small(1))
        .add(ask(IOVA))
        .succeeds()
        .end();
  }

  @Clause("DOM-013")
  private static Case nested(Pages pages) {
    GuestTable guest = new GuestTable(pages, 1, 2);
    return guest
        .coherent(given("DOM-013", "a nested domain"))
        .attach(FIRST, 2)
        .then()
        .add(ask(GuestTable.ADDRESS))
        .succeeds()
        .end();
  }
}
