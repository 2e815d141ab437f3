package org.iommuref.model.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DeferredAttach;
import org.iommuref.spec.backend.DeviceCapabilities;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.DeviceTraits.Feature;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/** The groups of a topology, each of them in its default domain. Linux: bus_iommu_probe. */
final class Groups {

  /** What the default domain maps one to one. */
  private static final Set<ReservedRegion.Type> DIRECT =
      EnumSet.of(ReservedRegion.Type.DIRECT, ReservedRegion.Type.DIRECT_RELAXABLE);

  private final CoreContext context;
  private final DomainSwitch domainSwitch;
  private final PageMapper mapper;
  private final Map<GroupId, Group> byId = new TreeMap<>();
  private final Map<Rid, Group> byDevice = new HashMap<>();

  Groups(CoreContext context, DomainSwitch domainSwitch, PageMapper mapper) {
    this.context = context;
    this.domainSwitch = domainSwitch;
    this.mapper = mapper;
  }

  /**
   * Probes every device, then attaches the default domains; what cannot be probed or attached is in
   * no group.
   */
  void probe(Topology topology, PciGroups formed, DomainType defaultType) {
    Map<GroupId, List<Rid>> probed = new TreeMap<>();
    for (Topology.Device device : topology.devices()) {
      boolean later = topology.traitsOf(device.rid()).has(Feature.PLUGGED_LATER);
      if (!later && context.backend().probe(device.rid()).isOk()) {
        probed.computeIfAbsent(formed.of(device), id -> new ArrayList<>()).add(device.rid());
      }
    }
    probed.forEach((id, devices) -> form(id, devices, defaultType));
  }

  Collection<Group> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  @Nullable Group of(Rid device) {
    return byDevice.get(device);
  }

  @Nullable Group of(GroupId id) {
    return byId.get(id);
  }

  /** Probes one more device into a group of its own. Linux: generic_device_group. */
  Result<GroupId> add(Rid device, DomainType defaultType) {
    int number = 0;
    while (byId.containsKey(new GroupId(number))) {
      number++;
    }
    return add(device, new GroupId(number), defaultType);
  }

  /**
   * Probes one more device into a group, which is made if there is none. Linux: iommu_probe_device.
   */
  Result<GroupId> add(Rid device, GroupId id, DomainType defaultType) {
    Errno refused = context.backend().probe(device).errno();
    if (refused != null) {
      return Result.err(refused);
    }
    Group known = byId.get(id);
    if (known != null) {
      return join(known, device);
    }
    form(id, List.of(device), defaultType);
    return byId.containsKey(id) ? Result.ok(id) : Result.err(Errno.ENODEV);
  }

  /** Puts a device into a group that has others, and into the domain that they are in. */
  private Result<GroupId> join(Group group, Rid device) {
    Member member = member(device);
    Errno refused =
        mapDirect(group.defaultDomain(), device)
            ? domainSwitch.join(group, member).errno()
            : Errno.ENODEV;
    if (refused != null) {
      var ignored = context.backend().release(device);
      return Result.err(refused);
    }
    group.join(member);
    byDevice.put(device, group);
    return Result.ok(group.id());
  }

  /** Ends to serve a device; its group goes with the last one, and the group's own domains. */
  void remove(Rid device) {
    Group group = byDevice.remove(device);
    if (group == null) {
      return;
    }
    group.leave(device);
    var ignored = context.backend().release(device);
    if (group.members().isEmpty()) {
      byId.remove(group.id());
      free(group.defaultDomain());
      DomainId blocking = group.blockingDomain();
      if (blocking != null && !blocking.equals(group.defaultDomain())) {
        free(blocking);
      }
    }
  }

  private void free(DomainId domain) {
    var ignored = context.domains().free(domain); // nothing is attached to it any more
  }

  private void form(GroupId id, List<Rid> devices, DomainType defaultType) {
    Result<DomainId> made = context.domains().allocateOwn(defaultType, DomainType.PAGING);
    if (!made.isOk() || !serve(new Group(id, made.value()), devices)) {
      devices.forEach(
          device -> context.backend().release(device)); // a driver must not fail the first attach
    }
  }

  private boolean serve(Group group, List<Rid> devices) {
    devices.forEach(
        device -> {
          group.join(member(device));
          if (isDeferred(device)) {
            group.defer(device);
          }
        });
    for (Rid device : devices) {
      if (!mapDirect(group.defaultDomain(), device)) {
        return false;
      }
    }
    if (!domainSwitch.mustSet(group, group.defaultDomain()).isOk()) {
      return false;
    }
    byId.put(group.id(), group);
    devices.forEach(device -> byDevice.put(device, group));
    return true;
  }

  private boolean isDeferred(Rid device) {
    return context
        .backend()
        .extension(DeferredAttach.class)
        .filter(driver -> driver.isAttachDeferred(device))
        .isPresent();
  }

  private Member member(Rid device) {
    boolean direct =
        context.backend().reservedRegions(device).stream()
            .anyMatch(region -> region.type() == ReservedRegion.Type.DIRECT);
    int pasids =
        context
            .backend()
            .extension(DeviceCapabilities.class)
            .map(driver -> driver.maxPasids(device))
            .orElse(context.backend().hwInfo().maxPasids());
    return new Member(device, direct, pasids);
  }

  /**
   * Maps what firmware needs one to one, before the first access can be translated; pages that are
   * mapped stay.
   */
  private boolean mapDirect(DomainId domain, Rid device) {
    if (context.domains().typeOf(domain) != DomainType.PAGING) {
      return true;
    }
    long page = context.backend().hwInfo().smallestPage();
    for (ReservedRegion region : context.backend().reservedRegions(device)) {
      if (!DIRECT.contains(region.type())) {
        continue;
      }
      long first = region.start().bytes() & -page;
      long end = region.start().bytes() + region.length();
      for (long at = first; Long.compareUnsigned(at, end) < 0; at += page) {
        if (!isMapped(domain, at) && !mapPage(domain, at, page)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isMapped(DomainId domain, long at) {
    return context.backend().iovaToPhys(domain, new Iova(at)).bytes() != 0;
  }

  private boolean mapPage(DomainId domain, long at, long page) {
    return mapper.map(domain, new Iova(at), new PhysAddr(at), page, Prot.READ_WRITE).isOk();
  }
}
