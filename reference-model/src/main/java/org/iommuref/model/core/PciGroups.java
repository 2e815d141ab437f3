package org.iommuref.model.core;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.PciFunction;
import org.iommuref.spec.spi.PciFunction.Acs;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The groups of PCI functions: those that a unit cannot tell apart, or that reach each other past
 * it, are together. Linux: pci_device_group.
 *
 * <p>Functions are asked for in the order in which they are probed, ports before what is behind
 * them. Clauses GRP-020 to GRP-026.
 */
final class PciGroups {

  /** Without one of these a function may reach others past the unit. Linux: REQ_ACS_FLAGS. */
  private static final Set<Acs> REQUIRED = EnumSet.allOf(Acs.class);

  private final Map<Rid, PciFunction> functions = new LinkedHashMap<>();
  private final Map<Integer, Rid> bridges = new HashMap<>();
  private final Map<Rid, GroupId> groups = new HashMap<>();

  /** No function is in a group. */
  PciGroups(Topology topology, UnaryOperator<PciFunction> seen) {
    for (Topology.Device device : topology.devices()) {
      DeviceTraits traits = device.traits();
      PciFunction told = traits == null ? null : traits.pci();
      if (told != null) {
        PciFunction function = seen.apply(told);
        functions.put(device.rid(), function);
        if (function.secondary() != null) {
          bridges.put(function.secondary(), device.rid());
        }
      }
    }
  }

  /** The group of a device: by what PCI says of it, or else the one that the topology says. */
  GroupId of(Topology.Device device) {
    GroupId group = device.group();
    if (functions.containsKey(device.rid())) {
      GroupId known = find(device.rid());
      group =
          known == null ? new GroupId((int) groups.values().stream().distinct().count()) : known;
    }
    groups.put(device.rid(), group);
    return group;
  }

  @Clause({"GRP-020", "GRP-025"})
  private @Nullable GroupId find(Rid function) {
    Rid requester = function;
    for (Rid bridge = above(function); bridge != null; bridge = above(bridge)) {
      if (takesOver(bridge)) { // what comes from below goes on under an id of the bridge
        requester = bridge;
        if (groups.containsKey(bridge)) {
          return groups.get(bridge);
        }
      }
    }
    return findAround(requester);
  }

  /** From the last that the unit can tell apart on. */
  @Clause({"GRP-021", "GRP-022"})
  private @Nullable GroupId findAround(Rid requester) {
    Rid isolated = requester;
    for (Rid port = above(requester); port != null; port = above(port)) {
      if (isPathIsolated(port)) {
        break;
      }
      isolated = port;
      if (groups.containsKey(port)) {
        return groups.get(port);
      }
    }
    Set<Rid> tried = new TreeSet<>();
    GroupId aliased = ofAliases(isolated, tried);
    return aliased == null ? ofSiblings(isolated, tried) : aliased;
  }

  /** get_pci_alias_group: the group of a function, or of one that shares a requester id with it. */
  @Clause("GRP-026")
  private @Nullable GroupId ofAliases(Rid function, Set<Rid> tried) {
    if (!tried.add(function)) {
      return null;
    }
    if (groups.containsKey(function)) {
      return groups.get(function);
    }
    for (Rid other : functions.keySet()) {
      if (!other.equals(function) && other.bus() == function.bus() && areAliases(function, other)) {
        GroupId found = ofAliases(other, tried);
        found = found == null ? ofSiblings(other, tried) : found;
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** get_pci_function_alias_group: the group of a function of the same device, if both are open. */
  @Clause({"GRP-023", "GRP-024"})
  private @Nullable GroupId ofSiblings(Rid function, Set<Rid> tried) {
    if (!seen(function).multifunction() || isIsolated(function)) {
      return null;
    }
    for (Rid other : functions.keySet()) {
      boolean sibling =
          !other.equals(function)
              && other.bus() == function.bus()
              && other.devfn() >>> 3 == function.devfn() >>> 3;
      GroupId found = sibling && !isIsolated(other) ? ofAliases(other, tried) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private boolean areAliases(Rid one, Rid other) {
    return seen(one).aliases().contains(other.devfn())
        || seen(other).aliases().contains(one.devfn());
  }

  /** Whether the unit sees an id of the bridge in place of those of the functions behind it. */
  private boolean takesOver(Rid bridge) {
    return switch (seen(bridge).type()) {
      case BRIDGE_TO_PCI, BRIDGE_FROM_PCI, CONVENTIONAL_BRIDGE -> true;
      default -> false;
    };
  }

  /** pci_acs_path_enabled: from a port up to the root. */
  private boolean isPathIsolated(Rid port) {
    for (Rid each = port; each != null; each = above(each)) {
      if (!isIsolated(each)) {
        return false;
      }
    }
    return true;
  }

  /** pci_acs_enabled: a function that has nobody beside it to reach needs no control. */
  private boolean isIsolated(Rid function) {
    PciFunction seen = seen(function);
    boolean controlled = seen.acs().containsAll(REQUIRED);
    return switch (seen.type()) {
      case ROOT_PORT, DOWNSTREAM_PORT -> controlled;
      case ENDPOINT, INTEGRATED_ENDPOINT, UPSTREAM_PORT -> controlled || !seen.multifunction();
      case BRIDGE_TO_PCI, BRIDGE_FROM_PCI, CONVENTIONAL, CONVENTIONAL_BRIDGE -> false;
    };
  }

  /** The bridge or port that leads to the bus of a function; null on the root bus. */
  private @Nullable Rid above(Rid function) {
    return bridges.get(function.bus());
  }

  private PciFunction seen(Rid function) {
    return Objects.requireNonNull(functions.get(function));
  }
}
