package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.operation.CoreAddDevice;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreAttachPasid;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.operation.CoreDetachGroup;
import org.iommuref.spec.operation.CoreReleaseOwner;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.Topology;

/**
 * Devices that firmware needs mapped one to one, that come later, or that are of another driver.
 */
final class DirectCases implements CaseSet {

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        mapped(pages),
        notClaimed(pages),
        claimed(pages),
        joins(pages),
        joinsBlocked(pages),
        otherDriver(pages),
        otherDriverOfPasid());
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

  private static Scene pair(String name, DeviceTraits first, Pages pages) {
    DeviceTraits later = DeviceTraits.with(DeviceTraits.Feature.PLUGGED_LATER);
    Topology topology = Topology.twoDevicesInOneGroup().with(first, later);
    return Scene.core("GRP-016", name, topology)
        .needs(Capability.DEVICE_TRAITS, Capability.SHARED_GROUP)
        .add(new CoreAllocateDomain(GroupCases.ONE, DomainType.PAGING))
        .add(CoreCases.map(1, GroupCases.IOVA, pages.small(1), PAGE));
  }

  @Clause("GRP-016")
  private static Case joins(Pages pages) {
    return pair("a group in a domain of a user", DeviceTraits.NONE, pages)
        .add(new CoreAttachGroup(GroupCases.GROUP, GroupCases.ONE))
        .then()
        .add(new CoreAddDevice(SECOND, GroupCases.GROUP))
        .succeeds()
        .read(SECOND, GroupCases.IOVA)
        .succeeds()
        .add(new CoreDetachGroup(GroupCases.GROUP, GroupCases.ONE))
        .read(SECOND, GroupCases.IOVA)
        .faults()
        .end();
  }

  @Clause("GRP-016")
  private static Case joinsBlocked(Pages pages) {
    long region = pages.small(1);
    DeviceTraits first = reserving(region, ReservedRegion.Type.DIRECT_RELAXABLE);
    return pair("a group that is owned", first, pages)
        .add(new CoreClaimOwner(FIRST, 7))
        .then()
        .add(new CoreAddDevice(SECOND, GroupCases.GROUP))
        .succeeds()
        .read(SECOND, region)
        .faults()
        .add(new CoreReleaseOwner(FIRST))
        .read(SECOND, region)
        .succeeds()
        .end();
  }

  @Clause("GRP-008")
  private static Case otherDriver(Pages pages) {
    Topology topology =
        Topology.twoDevices().with(DeviceTraits.with(DeviceTraits.Feature.OTHER_DRIVER));
    return Scene.core("GRP-008", "one of the driver of another device", topology)
        .needs(Capability.DEVICE_TRAITS)
        .add(new CoreAllocateDomain(GroupCases.ONE, DomainType.PAGING))
        .add(CoreCases.map(1, GroupCases.IOVA, pages.small(1), PAGE))
        .then()
        .add(new CoreAttachGroup(GroupCases.GROUP, GroupCases.ONE))
        .faults()
        .read(FIRST, GroupCases.IOVA)
        .faults()
        .add(new CoreAttachDevice(FIRST, GroupCases.ONE))
        .faults()
        .add(new CoreAttachGroup(new GroupId(1), GroupCases.ONE))
        .succeeds()
        .read(SECOND, GroupCases.IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-008")
  private static Case otherDriverOfPasid() {
    Topology topology =
        Topology.oneDevice().with(DeviceTraits.with(DeviceTraits.Feature.OTHER_DRIVER));
    return Scene.core("GRP-008", "a PASID", topology)
        .needs(Capability.DEVICE_TRAITS, Capability.PASID)
        .add(new CoreAllocateDomain(GroupCases.ONE, DomainType.PAGING))
        .then()
        .add(new CoreAttachPasid(FIRST, new Pasid(5), GroupCases.ONE))
        .faults()
        .end();
  }
}
