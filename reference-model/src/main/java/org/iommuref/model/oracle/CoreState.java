package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.DeviceTraits.Feature;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/** The groups of the topology: which domain each is in, who owns it, which PASIDs it has set. */
final class CoreState {

  /** One group. Linux: struct iommu_group. */
  static final class Group {
    final List<Rid> members = new ArrayList<>();
    final DomainState defaultDomain = new DomainState(DomainType.PAGING);
    final DomainState blockingDomain = new DomainState(DomainType.BLOCKED);
    final Map<Pasid, DomainState> pasids = new TreeMap<>();
    DomainState domain = defaultDomain;

    /** Whether the core has made the blocking domain: the first claim does. */
    boolean blockingMade;

    int ownerCount;
    @Nullable Integer owner;

    boolean inCoreDomain() {
      return domain == defaultDomain || domain == blockingDomain;
    }

    DomainState coreDomain() {
      return owner != null ? blockingDomain : defaultDomain;
    }
  }

  private final State state;
  private final Map<GroupId, Group> groups = new TreeMap<>();
  private final Map<Rid, GroupId> groupOf = new HashMap<>();

  /** How many resets of each device are under way. */
  final Map<Rid, Integer> resets = new HashMap<>();

  /** The devices that go on as they were found. */
  final Set<Rid> deferred = new HashSet<>();

  CoreState(State state) {
    this.state = state;
    for (Topology.Device device : state.topology.devices()) {
      if (state.topology.traitsOf(device.rid()).has(Feature.PLUGGED_LATER)) {
        continue;
      }
      Group group = groups.computeIfAbsent(device.group(), id -> new Group());
      group.members.add(device.rid());
      groupOf.put(device.rid(), device.group());
      state.probed.add(device.rid());
      DomainState found = group.defaultDomain;
      if (state.topology.traitsOf(device.rid()).has(Feature.DEFERRED_ATTACH)) {
        deferred.add(device.rid());
        found = new DomainState(DomainType.IDENTITY); // as the kernel before left it
      }
      mapDirect(device.rid(), group.defaultDomain);
      state.device(device.rid(), null).moveTo(found);
    }
  }

  /** What firmware needs is mapped one to one, for good or until a user takes the device over. */
  private void mapDirect(Rid device, DomainState domain) {
    for (ReservedRegion region : state.topology.traitsOf(device).regions()) {
      if (region.type() == ReservedRegion.Type.DIRECT
          || region.type() == ReservedRegion.Type.DIRECT_RELAXABLE) {
        long start = region.start().bytes();
        Leaf leaf = new Leaf(start, region.length(), start, Prot.READ_WRITE);
        leaf.settled = true;
        domain.add(leaf);
      }
    }
  }

  /** Whether firmware needs a device of the group mapped at all times, so that none is blocked. */
  boolean cannotBeBlocked(Group group) {
    return group.members.stream()
        .flatMap(member -> state.topology.traitsOf(member).regions().stream())
        .anyMatch(region -> region.type() == ReservedRegion.Type.DIRECT);
  }

  boolean isInReset(Rid device) {
    return resets.containsKey(device);
  }

  /** A device is plugged into a group, and into the domain that the group is in. */
  void join(Rid device, GroupId id) {
    Group group = group(id);
    group.members.add(device);
    groupOf.put(device, id);
    state.probed.add(device);
    mapDirect(device, group.defaultDomain);
    state.device(device, null).moveTo(group.domain);
  }

  /** Whether the domains of users are of another driver than the devices of a group. */
  boolean isOfOtherDriver(Group group) {
    return group.members.stream()
        .anyMatch(member -> state.topology.traitsOf(member).has(Feature.OTHER_DRIVER));
  }

  /** Whether a device of the group is being reset. */
  boolean isInRecovery(Group group) {
    return group.members.stream().anyMatch(this::isInReset);
  }

  boolean has(GroupId group) {
    return groups.containsKey(group);
  }

  boolean has(Rid device) {
    return groupOf.containsKey(device);
  }

  GroupId idOf(Rid device) {
    return Objects.requireNonNull(groupOf.get(device));
  }

  Group group(GroupId id) {
    return Objects.requireNonNull(groups.get(id));
  }

  Group groupOf(Rid device) {
    return group(idOf(device));
  }

  /**
   * The errno of the first member that was made to fail its next attach, which is used up; or null.
   */
  @Nullable Errno takeFailure(Group group) {
    for (Rid member : group.members) {
      Errno failure = state.device(member, null).takeFailure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /**
   * The errno of an attach of all members that one of them was made to fail, or null. Those before
   * it are attached, and then put back on the group's domain, wherever they were. GRP-002.
   */
  @Nullable Errno failAttach(Group group) {
    for (Rid member : group.members) {
      DeviceState device = state.device(member, null);
      deferred.remove(member);
      if (device.failure != null) {
        Errno failure = device.takeFailure();
        putBack(group, member);
        return failure;
      }
    }
    return null;
  }

  private void putBack(Group group, Rid failed) {
    for (Rid member : group.members.subList(0, group.members.indexOf(failed))) {
      DeviceState device = state.device(member, null);
      if (device.failedReturn != null) {
        device.moveTo(group.domain);
      }
    }
  }

  /**
   * The group returns to a domain of the core. Every member is tried; one that its driver refuses
   * is blocked where a blocking domain is there to block it. GRP-017.
   */
  void returnTo(Group group, DomainState target) {
    if (group.domain == target) {
      return;
    }
    boolean mayStay = !group.blockingMade || target == group.blockingDomain;
    for (Rid member : group.members) {
      DeviceState device = state.device(member, null);
      if (isInReset(member) || (target == group.defaultDomain && deferred.contains(member))) {
        continue; // it follows later
      }
      deferred.remove(member);
      if (device.takeFailure() == null) {
        device.moveTo(target);
      } else {
        device.failToReturn(group.blockingDomain, mayStay);
      }
    }
    group.domain = target;
  }

  /** All members move to the domain. */
  void move(Group group, DomainState next) {
    group.domain = next;
    group.members.forEach(member -> state.device(member, null).moveTo(next));
  }

  /** All members have the PASID moved to the domain, or removed for null. */
  void move(Group group, Pasid pasid, @Nullable DomainState next) {
    if (next == null) {
      group.pasids.remove(pasid);
    } else {
      group.pasids.put(pasid, next);
    }
    group.members.forEach(member -> state.device(member, pasid).moveTo(next));
  }
}
