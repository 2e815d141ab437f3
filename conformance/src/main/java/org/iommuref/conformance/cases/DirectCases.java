package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.Topology;

/** Devices that firmware needs some addresses of mapped one to one. */
final class DirectCases implements CaseSet {

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(mapped(pages), notClaimed(pages), claimed(pages));
  }

  private static Scene given(
      String clause, String name, long region, ReservedRegion.Type one, ReservedRegion.Type other) {
    Topology topology =
        Topology.twoDevices().with(reserving(region, one), reserving(region, other));
    return Scene.core(clause, name, topology)
        .needs(Capability.RESERVED_REGIONS)
        .add(new CoreAllocateDomain(GroupCases.ONE, DomainType.PAGING))
        .add(CoreCases.map(1, GroupCases.IOVA, region, PAGE)); // what is mapped can be told apart
  }

  private static DeviceTraits reserving(long region, ReservedRegion.Type type) {
    return DeviceTraits.reserving(new ReservedRegion(new Iova(region), PAGE, type));
  }

  @Clause("DOM-010")
  private static Case mapped(Pages pages) {
    long region = pages.small(1);
    return given(
            "DOM-010",
            "at all times, and for the time being",
            region,
            ReservedRegion.Type.DIRECT,
            ReservedRegion.Type.DIRECT_RELAXABLE)
        .then()
        .read(FIRST, region)
        .succeeds()
        .read(SECOND, region)
        .succeeds()
        .read(FIRST, region + PAGE)
        .faults()
        .end();
  }

  @Clause("GRP-027")
  private static Case notClaimed(Pages pages) {
    long region = pages.small(1);
    return given(
            "GRP-027",
            "one page at all times",
            region,
            ReservedRegion.Type.DIRECT,
            ReservedRegion.Type.RESERVED)
        .then()
        .add(new CoreClaimOwner(FIRST, 7))
        .faults()
        .read(FIRST, region)
        .succeeds()
        .end();
  }

  @Clause("GRP-027")
  private static Case claimed(Pages pages) {
    long region = pages.small(1);
    return given(
            "GRP-027",
            "one for the time being",
            region,
            ReservedRegion.Type.DIRECT_RELAXABLE,
            ReservedRegion.Type.RESERVED)
        .then()
        .add(new CoreClaimOwner(FIRST, 7))
        .succeeds()
        .read(FIRST, region)
        .faults()
        .end();
  }
}
