package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.AskForPage;
import org.iommuref.spec.operation.EndTable;
import org.iommuref.spec.operation.ExpectPages;
import org.iommuref.spec.operation.TakePageAnswers;
import org.iommuref.spec.operation.TakePageRequests;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.PageRequestMessage;

/** Domains whose table ends while PASIDs are still set to them, at seam 2. */
final class EndedTableCases implements CaseSet {

  private static final long IOVA = 0x20_0000L;
  private static final int PASID = 5;
  private static final int OTHER = 6;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        reachedByNone(pages),
        leavesNoRecord(pages),
        recordedWhenSetAnew(pages),
        requestsAreHeard(pages));
  }

  /** A PASID of each device is set to domain 2, another PASID and both devices to domain 1. */
  private static Scene given(String clause, String name, Topology topology, Pages pages) {
    Scene scene =
        Scene.backend(clause, name, topology)
            .needs(Capability.ENDING_TABLES)
            .paging(1)
            .paging(2)
            .map(1, IOVA, pages.small(1))
            .map(2, IOVA, pages.small(2));
    for (Topology.Device device : topology.devices()) {
      scene.attach(device.rid(), 1).pasid(device.rid(), PASID, 2).pasid(device.rid(), OTHER, 1);
      scene.read(device.rid(), PASID, IOVA).succeeds().read(device.rid(), OTHER, IOVA).succeeds();
    }
    return scene;
  }

  private static EndTable end() {
    return new EndTable(new DomainId(2));
  }

  @Clause("PASID-018")
  private static Case reachedByNone(Pages pages) {
    return given("PASID-018", "PASIDs of two devices", Topology.twoDevices(), pages)
        .then()
        .add(end())
        .read(FIRST, PASID, IOVA)
        .faults()
        .read(SECOND, PASID, IOVA)
        .faults()
        .read(FIRST, OTHER, IOVA)
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .removePasid(FIRST, PASID)
        .read(FIRST, PASID, IOVA)
        .faults()
        .end();
  }

  @Clause("FREC-013")
  private static Case leavesNoRecord(Pages pages) {
    return given("FREC-013", "beside faults of others", Topology.oneDevice(), pages)
        .then()
        .add(end())
        .read(FIRST, PASID, IOVA)
        .faults()
        .takeFaults()
        .faults()
        .read(FIRST, OTHER, IOVA + PAGE)
        .faults()
        .read(FIRST, PASID, IOVA + PAGE)
        .faults()
        .read(FIRST, IOVA + PAGE)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("FREC-001")
  private static Case recordedWhenSetAnew(Pages pages) {
    return given("FREC-001", "a PASID whose table had ended", Topology.oneDevice(), pages)
        .paging(3)
        .map(3, IOVA, pages.small(3))
        .add(end())
        .read(FIRST, PASID, IOVA)
        .faults()
        .pasid(FIRST, PASID, 3)
        .then()
        .read(FIRST, PASID, IOVA)
        .succeeds()
        .read(FIRST, PASID, IOVA + PAGE)
        .faults()
        .takeFaults()
        .succeeds()
        .end();
  }

  @Clause("PRQ-004")
  private static Case requestsAreHeard(Pages pages) {
    return given("PRQ-004", "a PASID whose table has ended", Topology.oneDevice(), pages)
        .needs(Capability.PAGE_REQUESTS)
        .add(new ExpectPages(new DomainId(1)))
        .add(new ExpectPages(new DomainId(2)))
        .then()
        .add(ask(1))
        .add(end())
        .add(ask(2))
        .pasid(FIRST, PASID, 1)
        .add(ask(3))
        .add(new TakePageRequests())
        .succeeds()
        .add(new TakePageAnswers(FIRST))
        .succeeds()
        .end();
  }

  private static AskForPage ask(int group) {
    return new AskForPage(
        new PageRequestMessage(
            FIRST, new Pasid(PASID), false, false, true, false, true, group, IOVA + group * PAGE));
  }
}
