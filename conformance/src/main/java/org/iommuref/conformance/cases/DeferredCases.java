package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.GroupCases.GROUP;
import static org.iommuref.conformance.cases.GroupCases.IOVA;
import static org.iommuref.conformance.cases.GroupCases.ONE;
import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreDeferredAttach;
import org.iommuref.spec.operation.CoreDetachGroup;
import org.iommuref.spec.operation.CoreFinishReset;
import org.iommuref.spec.operation.CorePrepareReset;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.DeviceTraits.Feature;
import org.iommuref.spec.spi.Topology;

/** Devices whose attach is put off: the first reaches all of memory until it is attached. */
final class DeferredCases implements CaseSet {

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        asFound(pages), firstMapping(pages), attached(pages), failed(pages), reset(pages));
  }

  private static Scene given(String clause, String name, Pages pages) {
    Topology topology =
        Topology.twoDevices().with(DeviceTraits.with(Feature.DEFERRED_ATTACH, Feature.ATS));
    return Scene.core(clause, name, topology)
        .needs(Capability.DEVICE_TRAITS)
        .add(new CoreAllocateDomain(ONE, DomainType.PAGING))
        .add(CoreCases.map(1, IOVA, pages.small(1), PAGE));
  }

  @Clause("ATT-013")
  private static Case asFound(Pages pages) {
    return given("ATT-013", "a device that is deferred beside one that is not", pages)
        .then()
        .read(FIRST, pages.small(1))
        .succeeds()
        .read(SECOND, pages.small(1))
        .faults()
        .end();
  }

  @Clause("ATT-014")
  private static Case firstMapping(Pages pages) {
    return given("ATT-014", "a default domain in which nothing is mapped", pages)
        .then()
        .add(new CoreDeferredAttach(FIRST))
        .succeeds()
        .read(FIRST, pages.small(1))
        .faults()
        .add(new CoreDeferredAttach(FIRST))
        .succeeds()
        .end();
  }

  @Clause("ATT-015")
  private static Case attached(Pages pages) {
    return given("ATT-015", "a domain of a user", pages)
        .then()
        .add(new CoreAttachGroup(GROUP, ONE))
        .succeeds()
        .read(FIRST, IOVA)
        .succeeds()
        .add(new CoreDetachGroup(GROUP, ONE))
        .read(FIRST, pages.small(1))
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("ATT-016")
  private static Case failed(Pages pages) {
    return given("ATT-016", "one that fails, and the next", pages)
        .needs(Capability.FAILING_ATTACH)
        .add(new FailNextAttach(FIRST, Errno.ENOMEM))
        .then()
        .add(new CoreDeferredAttach(FIRST))
        .faults()
        .read(FIRST, pages.small(1))
        .succeeds()
        .add(new CoreDeferredAttach(FIRST))
        .succeeds()
        .read(FIRST, pages.small(1))
        .faults()
        .end();
  }

  @Clause("ATT-017")
  private static Case reset(Pages pages) {
    return given("ATT-017", "a default domain in which nothing is mapped", pages)
        .then()
        .add(new CorePrepareReset(FIRST))
        .read(FIRST, pages.small(1))
        .faults()
        .add(new CoreFinishReset(FIRST))
        .read(FIRST, pages.small(1))
        .faults()
        .end();
  }
}
