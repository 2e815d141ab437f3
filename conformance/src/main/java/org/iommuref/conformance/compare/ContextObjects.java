package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.iommuref.conformance.compare.Known.Area;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.compare.Known.Pin;

/** What has been made in one context, whoever made it: objects by id, mapped ranges, pins. */
final class ContextObjects {

  private final Map<Kind, List<Integer>> ids = new EnumMap<>(Kind.class);
  private final List<Area> areas = new ArrayList<>();
  private final List<Pin> pins = new ArrayList<>();
  private final Map<Integer, Integer> ioasOfTable = new HashMap<>();
  private final Map<Integer, Integer> ioasOfAccess = new HashMap<>();
  private final Set<AttachedPasid> pasids = new LinkedHashSet<>();
  private final Map<Integer, Integer> queues = new HashMap<>();
  private final Map<Integer, Integer> deviceOfTest = new HashMap<>();
  private boolean chargedByAddressSpace;
  private boolean wholePages;
  private int vfioIoas;

  /** A PASID of a test device. */
  record AttachedPasid(int device, int pasid) {}

  List<Integer> of(Kind kind) {
    return Objects.requireNonNull(ids.computeIfAbsent(kind, k -> new ArrayList<>()));
  }

  /** An object is gone, whatever its kind. */
  void remove(int id) {
    ids.values().forEach(list -> list.remove((Integer) id));
    areas.removeIf(area -> area.ioas() == id);
  }

  List<Area> areas() {
    return areas;
  }

  List<Pin> pins() {
    return pins;
  }

  /** The address space of an access by its descriptor, or 0. */
  int ioasOfAccess(int fd) {
    return ioasOfAccess.getOrDefault(fd, 0);
  }

  void accessOf(int fd, int ioas) {
    ioasOfAccess.put(fd, ioas);
  }

  /** The address space of a page table, or 0. */
  int ioasOf(int table) {
    return ioasOfTable.getOrDefault(table, 0);
  }

  void tableOf(int table, int ioas) {
    ioasOfTable.put(table, ioas);
  }

  /** How many queues a virtual unit was given. */
  int queuesOf(int viommu) {
    return queues.getOrDefault(viommu, 0);
  }

  void queueOf(int viommu) {
    queues.merge(viommu, 1, Integer::sum);
  }

  /** A device, and the test device that it is bound by. */
  void boundBy(int device, int testDevice) {
    deviceOfTest.put(testDevice, device);
  }

  /**
   * A test device is attached to a page table: if that is of a virtual unit it reports events, if
   * it is one for PASIDs the device can have them.
   */
  void attached(int testDevice, int table) {
    keep(Kind.REPORTING, deviceOfTest.getOrDefault(testDevice, 0), Kind.OF_VIOMMU, table);
    keep(Kind.TAKING_PASIDS, testDevice, Kind.OF_PASIDS, table);
  }

  private void keep(Kind kind, Integer id, Kind tables, int table) {
    of(kind).remove(id);
    if (of(tables).contains(table)) {
      of(kind).add(id);
    }
  }

  /** From now on memory is mapped by whole pages of the processor, mostly. */
  void useWholePages() {
    wholePages = true;
  }

  boolean usesWholePages() {
    return wholePages;
  }

  /**
   * PASIDs of test devices that are attached. Whoever destroys such a device is to detach them
   * first.
   */
  Set<AttachedPasid> pasids() {
    return pasids;
  }

  /** Whether a test device may be destroyed. */
  boolean hasPasids(int device) {
    return pasids.stream().anyMatch(each -> each.device() == device);
  }

  /** Whether pages are charged to the address space that they are of. */
  boolean isChargedByAddressSpace() {
    return chargedByAddressSpace;
  }

  void chargeByAddressSpace() {
    chargedByAddressSpace = true;
  }

  /** The address space that VFIO's commands mean, or 0. */
  int vfioIoas() {
    return vfioIoas;
  }

  void meanByVfio(int ioas) {
    vfioIoas = ioas;
  }
}
