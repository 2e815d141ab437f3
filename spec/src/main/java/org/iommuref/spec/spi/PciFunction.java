package org.iommuref.spec.spi;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What PCI says of a function: where it stands in the fabric, and what keeps it apart from others.
 *
 * @param type what it is
 * @param multifunction whether its device has other functions
 * @param secondary the number of the bus behind a bridge or port; null for what has none
 * @param acs the access controls that are in force, enabled or wired
 * @param aliases the functions of its bus by whose requester ids its DMA may go out, each as device
 *     times 8 plus function
 */
public record PciFunction(
    Type type,
    boolean multifunction,
    @Nullable Integer secondary,
    Set<Acs> acs,
    Set<Integer> aliases) {

  /** Copies the sets. */
  public PciFunction {
    Set<Acs> sorted = EnumSet.noneOf(Acs.class);
    sorted.addAll(acs);
    acs = Collections.unmodifiableSet(sorted);
    aliases = Collections.unmodifiableSet(new TreeSet<>(aliases));
  }

  /** A function without access controls that is alone on its device. */
  public static PciFunction of(Type type) {
    return new PciFunction(type, false, null, Set.of(), Set.of());
  }

  /** A bridge or port without access controls, with a bus behind it. */
  public static PciFunction to(int secondary, Type type) {
    return new PciFunction(type, false, secondary, Set.of(), Set.of());
  }

  /** The same function of another type. */
  public PciFunction as(Type other) {
    return new PciFunction(other, multifunction, secondary, acs, aliases);
  }

  /** The same as one of several functions of its device, or as the only one. */
  public PciFunction amongOthers(boolean several) {
    return new PciFunction(type, several, secondary, acs, aliases);
  }

  /** The same with other access controls. */
  public PciFunction with(Set<Acs> other) {
    return new PciFunction(type, multifunction, secondary, other, aliases);
  }

  /** The same with other aliases. */
  public PciFunction aliasing(Set<Integer> other) {
    return new PciFunction(type, multifunction, secondary, acs, other);
  }

  /** A type of function; those of PCI Express but for the last two. */
  public enum Type {
    /** An endpoint behind a port. */
    ENDPOINT,
    /** An endpoint of the root complex. */
    INTEGRATED_ENDPOINT,
    /** A port of the root complex. */
    ROOT_PORT,
    /** The port of a switch that leads to the root. */
    UPSTREAM_PORT,
    /** A port of a switch that leads away from the root. */
    DOWNSTREAM_PORT,
    /** A bridge to conventional PCI. */
    BRIDGE_TO_PCI,
    /** A bridge from conventional PCI to PCI Express. */
    BRIDGE_FROM_PCI,
    /** A device of conventional PCI. */
    CONVENTIONAL,
    /** A bridge between two buses of conventional PCI. */
    CONVENTIONAL_BRIDGE
  }

  /** An access control of PCI Express (ACS). */
  public enum Acs {
    /** A request under another's requester id is stopped. */
    SOURCE_VALIDATION,
    /** A request to another function goes by the root. */
    REQUEST_REDIRECT,
    /** So does its completion. */
    COMPLETION_REDIRECT,
    /** What is for a function below goes by the root all the same. */
    UPSTREAM_FORWARDING
  }
}
