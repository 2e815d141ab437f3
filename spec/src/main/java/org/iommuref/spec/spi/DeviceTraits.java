package org.iommuref.spec.spi;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.iommuref.spec.backend.ReservedRegion;
import org.jspecify.annotations.Nullable;

/**
 * What is special about a device of a topology.
 *
 * @param regions addresses that it reserves besides those that its unit reserves for all devices
 * @param features what else sets it apart
 * @param maxPasids its PASIDs run from 1 to below this, 0 if it has none; null for as many as its
 *     unit has
 * @param pci what PCI says of it, or null where the topology says its group
 */
public record DeviceTraits(
    List<ReservedRegion> regions,
    Set<Feature> features,
    @Nullable Integer maxPasids,
    @Nullable PciFunction pci) {

  /** A device like any other. */
  public static final DeviceTraits NONE = new DeviceTraits(List.of(), Set.of(), null, null);

  /** Copies list and set. */
  public DeviceTraits {
    regions = List.copyOf(regions);
    Set<Feature> sorted = EnumSet.noneOf(Feature.class);
    sorted.addAll(features);
    features = Collections.unmodifiableSet(sorted);
  }

  /** A device that reserves these addresses. */
  public static DeviceTraits reserving(ReservedRegion... regions) {
    return new DeviceTraits(List.of(regions), Set.of(), null, null);
  }

  /** A device with these features. */
  public static DeviceTraits with(Feature... features) {
    return new DeviceTraits(List.of(), Set.copyOf(Arrays.asList(features)), null, null);
  }

  /** A device with so many PASIDs. */
  public static DeviceTraits withPasids(int maxPasids) {
    return new DeviceTraits(List.of(), Set.of(), maxPasids, null);
  }

  /** A function of PCI, whose group follows from that. */
  public static DeviceTraits of(PciFunction pci) {
    return new DeviceTraits(List.of(), Set.of(), null, pci);
  }

  /** The same with these features. */
  public DeviceTraits and(Feature... more) {
    return new DeviceTraits(regions, Set.copyOf(Arrays.asList(more)), maxPasids, pci);
  }

  /** Whether it has a feature. */
  public boolean has(Feature feature) {
    return features.contains(feature);
  }

  /** A feature of a device. */
  public enum Feature {
    /** Its accesses are not coherent with the processor's caches. */
    INCOHERENT,
    /** A domain can make its writes coherent whatever it asks for. */
    ENFORCES_COHERENCY,
    /** It can raise an interrupt of another owner by a plain write. */
    SHARED_INTERRUPTS,
    /** It is served by another driver than the devices without this. */
    OTHER_DRIVER,
    /** It is not there at first, and plugged in later. */
    PLUGGED_LATER,
    /** It can use ATS. */
    ATS,
    /** It goes on as the kernel before this one left it, until its driver maps something. */
    DEFERRED_ATTACH,
    /** Tables of the user can be nested on those of the kernel for it. */
    NESTED_TABLES,
    /** Its PASID capability has the right to execute turned on. */
    PASID_EXECUTE,
    /** Its PASID capability has the right to privileged accesses turned on. */
    PASID_PRIVILEGED
  }
}
