package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreGroupOf;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.PciFunction;
import org.iommuref.spec.spi.PciFunction.Acs;
import org.iommuref.spec.spi.Topology;

/**
 * Groups that follow from the PCI fabric. Each topology says what group each function must be in;
 * groups are numbered in the order in which they come up.
 */
final class PciGroupCases implements CaseSet {

  private static final Set<Acs> ALL = EnumSet.allOf(Acs.class);
  private static final Set<Acs> NONE = EnumSet.noneOf(Acs.class);

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        isolated(),
        openPorts(),
        openPortMovesWithItsDevice(pages),
        openPath(),
        closedPath(),
        openFunctions(),
        closedFunctions(),
        conventional(),
        aliases(),
        aliasedBefore());
  }

  private static Topology.Device at(String rid, int group, PciFunction pci) {
    return new Topology.Device(Rid.parse(rid), 0, new GroupId(group), DeviceTraits.of(pci));
  }

  private static PciFunction port(int secondary, Set<Acs> acs) {
    return PciFunction.to(secondary, PciFunction.Type.ROOT_PORT).with(acs);
  }

  private static PciFunction endpoint() {
    return PciFunction.of(PciFunction.Type.ENDPOINT);
  }

  private static PciFunction oneOfSeveral(Set<Acs> acs) {
    return endpoint().amongOthers(true).with(acs);
  }

  private static Scene given(String clause, String name, Topology.Device... devices) {
    return Scene.core(clause, name, new Topology(List.of(devices))).needs(Capability.PCI_FUNCTIONS);
  }

  /** Each function must be in the group that the topology says. */
  private static Case grouped(String clause, String name, Topology.Device... devices) {
    Scene scene = given(clause, name, devices).then();
    for (Topology.Device device : devices) {
      scene.add(new CoreGroupOf(device.rid())).succeeds();
    }
    return scene.end();
  }

  @Clause("GRP-020")
  private static Case isolated() {
    return grouped(
        "GRP-020",
        "endpoints behind ports of their own",
        at("00:01.0", 0, port(1, ALL)),
        at("00:02.0", 1, port(2, ALL)),
        at("01:00.0", 2, endpoint()),
        at("02:00.0", 3, endpoint()));
  }

  @Clause("GRP-021")
  private static Case openPorts() {
    List<Topology.Device> devices = new ArrayList<>();
    List<Topology.Device> behind = new ArrayList<>();
    for (Acs missing : ALL) {
      int group = devices.size();
      Set<Acs> others = EnumSet.complementOf(EnumSet.of(missing));
      devices.add(at("00:0%d.0".formatted(group + 1), group, port(group + 1, others)));
      behind.add(at("0%d:00.0".formatted(group + 1), group, endpoint()));
    }
    devices.addAll(behind);
    return grouped(
        "GRP-021",
        "ports that lack one control each",
        devices.toArray(new Topology.Device[devices.size()]));
  }

  @Clause("GRP-021")
  private static Case openPortMovesWithItsDevice(Pages pages) {
    return given(
            "GRP-021",
            "two devices behind one port are attached together",
            at("00:01.0", 0, port(1, NONE)),
            at("01:00.0", 0, endpoint()),
            at("01:01.0", 0, endpoint()))
        .add(new CoreAllocateDomain(new DomainId(1), DomainType.PAGING))
        .add(CoreCases.map(1, GroupCases.IOVA, pages.small(1), PAGE))
        .then()
        .add(new CoreAttachGroup(new GroupId(0), new DomainId(1)))
        .succeeds()
        .read(FIRST, GroupCases.IOVA)
        .succeeds()
        .read(Rid.parse("01:01.0"), GroupCases.IOVA)
        .succeeds()
        .end();
  }

  @Clause("GRP-022")
  private static Case openPath() {
    return grouped(
        "GRP-022",
        "a switch with controls under a port without",
        at("00:01.0", 0, port(1, NONE)),
        at("01:00.0", 0, PciFunction.to(2, PciFunction.Type.UPSTREAM_PORT)),
        at("02:00.0", 0, PciFunction.to(3, PciFunction.Type.DOWNSTREAM_PORT).with(ALL)),
        at("03:00.0", 0, endpoint()));
  }

  @Clause("GRP-022")
  private static Case closedPath() {
    return grouped(
        "GRP-022",
        "a switch whose second port lacks controls",
        at("00:01.0", 0, port(1, ALL)),
        at("01:00.0", 1, PciFunction.to(2, PciFunction.Type.UPSTREAM_PORT)),
        at("02:00.0", 2, PciFunction.to(3, PciFunction.Type.DOWNSTREAM_PORT).with(ALL)),
        at("02:01.0", 3, PciFunction.to(4, PciFunction.Type.DOWNSTREAM_PORT)),
        at("03:00.0", 4, endpoint()),
        at("04:00.0", 3, endpoint()));
  }

  @Clause("GRP-023")
  private static Case openFunctions() {
    return grouped(
        "GRP-023",
        "two functions without controls",
        at("00:01.0", 0, port(1, ALL)),
        at("01:00.0", 1, oneOfSeveral(NONE)),
        at("01:00.1", 1, oneOfSeveral(NONE)));
  }

  @Clause("GRP-024")
  private static Case closedFunctions() {
    return grouped(
        "GRP-024",
        "two functions with controls beside one without",
        at("00:01.0", 0, port(1, ALL)),
        at("01:00.0", 1, oneOfSeveral(ALL)),
        at("01:00.1", 2, oneOfSeveral(NONE)),
        at("01:00.2", 3, oneOfSeveral(ALL)));
  }

  @Clause("GRP-025")
  private static Case conventional() {
    return grouped(
        "GRP-025",
        "two devices behind a bridge, and one behind another bridge below it",
        at("00:01.0", 0, port(1, ALL)),
        at("01:00.0", 1, PciFunction.to(2, PciFunction.Type.BRIDGE_TO_PCI)),
        at("02:00.0", 1, PciFunction.of(PciFunction.Type.CONVENTIONAL)),
        at("02:01.0", 1, PciFunction.of(PciFunction.Type.CONVENTIONAL)),
        at("02:02.0", 1, PciFunction.to(3, PciFunction.Type.CONVENTIONAL_BRIDGE)),
        at("03:00.0", 1, PciFunction.of(PciFunction.Type.CONVENTIONAL)));
  }

  @Clause("GRP-026")
  private static Case aliases() {
    return grouped(
        "GRP-026",
        "a function that uses the requester id of the next",
        at("00:01.0", 0, port(1, ALL)),
        at("01:00.0", 1, oneOfSeveral(ALL).aliasing(Set.of(1))),
        at("01:00.1", 1, oneOfSeveral(ALL)),
        at("01:00.2", 2, oneOfSeveral(ALL)));
  }

  @Clause("GRP-026")
  private static Case aliasedBefore() {
    return grouped(
        "GRP-026",
        "a function that uses the requester id of one before it",
        at("00:01.0", 0, port(1, ALL)),
        at("01:00.0", 1, oneOfSeveral(ALL)),
        at("01:00.1", 2, oneOfSeveral(ALL)),
        at("01:00.2", 1, oneOfSeveral(ALL).aliasing(Set.of(0))));
  }
}
