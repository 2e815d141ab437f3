package org.iommuref.conformance.fuzz;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a program knows of the objects, descriptors and mappings that its calls have made. */
final class Known {

  private final Map<Kind, List<Integer>> numbers = new EnumMap<>(Kind.class);
  private final List<Area> areas = new ArrayList<>();
  private final List<Pin> pins = new ArrayList<>();
  private final Map<Integer, Set<Integer>> pasids = new TreeMap<>();
  private final Map<Integer, Integer> spaces = new TreeMap<>();
  private final Map<Integer, Integer> tables = new TreeMap<>();
  private final Map<Integer, Integer> flags = new TreeMap<>();
  private final Map<Integer, Integer> devices = new TreeMap<>();
  private final Set<Integer> automatic = new TreeSet<>();
  private long mmapOffset;
  private boolean hasCompatible;

  /** A kind of object, by its id, or of descriptor. */
  enum Kind {
    IOAS,
    HWPT,
    PARENT,
    NESTED,
    STDEV,
    DEVICE,
    FAULT,
    VIOMMU,
    VDEVICE,
    VEVENTQ,
    HW_QUEUE,
    ACCESS_FD,
    EVENT_FD,
    DMABUF_FD;

    boolean isDescriptor() {
      return this == ACCESS_FD || this == EVENT_FD || this == DMABUF_FD;
    }
  }

  /** A range that is mapped; {@code user} is the address behind it, or 0. */
  record Area(int ioas, long iova, long length, long user) {}

  /** Pages that an access has pinned. */
  record Pin(int accessFd, int id) {}

  Known() {
    for (Kind kind : Kind.values()) {
      numbers.put(kind, new ArrayList<>());
    }
  }

  /** Those of a kind, in the order of their making. */
  List<Integer> all(Kind kind) {
    return Objects.requireNonNull(numbers.get(kind));
  }

  boolean has(Kind kind) {
    return !all(kind).isEmpty();
  }

  /** Whether there are fewer of a kind than a number. */
  boolean fewer(Kind kind, int than) {
    return all(kind).size() < than;
  }

  /** The areas in the order of their making. */
  List<Area> areas() {
    return areas;
  }

  /** The pins in the order of their making. */
  List<Pin> pins() {
    return pins;
  }

  /** The PASIDs under which a device of the test interface is attached. */
  Set<Integer> pasids(int stdev) {
    return pasids.getOrDefault(stdev, Set.of());
  }

  /** The devices of the test interface that are attached under a PASID. */
  List<Integer> withPasids() {
    return List.copyOf(pasids.keySet());
  }

  /** The IOAS behind a page table, a virtual unit or the descriptor of an access; 0 if unknown. */
  int spaceOf(int holder) {
    return spaces.getOrDefault(holder, 0);
  }

  void isOn(int holder, int ioas) {
    spaces.put(holder, ioas);
  }

  /** The page table or IOAS that a device of the test interface was attached to last. */
  int tableOf(int stdev) {
    return tables.getOrDefault(stdev, 0);
  }

  void isIn(int stdev, int table) {
    Integer former = tables.put(stdev, table);
    if (former != null && former != table) {
      left(former);
    }
  }

  /** A device of the test interface stands for a device that goes with it. */
  void standsFor(int stdev, int device) {
    devices.put(stdev, device);
  }

  /** A page table was made by an attach, and goes with the last device in it. */
  void isAutomatic(int table) {
    automatic.add(table);
  }

  private void left(int table) {
    if (automatic.contains(table) && !tables.containsValue(table)) {
      automatic.remove(table);
      forget(table);
    }
  }

  /** The flags with which a page table, or a device of the test interface, was made. */
  int flagsOf(int id) {
    return flags.getOrDefault(id, 0);
  }

  void hasFlags(int id, int given) {
    flags.put(id, given);
  }

  /** Whether there is one of a kind that was made with a flag. */
  boolean has(Kind kind, int flag) {
    for (int id : all(kind)) {
      if ((flagsOf(id) & flag) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Those of a kind that were made with a flag. */
  List<Integer> with(Kind kind, int flag) {
    List<Integer> found = new ArrayList<>();
    for (int id : all(kind)) {
      if ((flagsOf(id) & flag) != 0) {
        found.add(id);
      }
    }
    return found;
  }

  /** Whether the commands of VFIO have an IOAS. */
  boolean hasCompatible() {
    return hasCompatible;
  }

  void compatible(boolean has) {
    hasCompatible = has;
  }

  /** An offset that can be mapped, or 0. */
  long mmapOffset() {
    return mmapOffset;
  }

  void offers(long offset) {
    mmapOffset = offset;
  }

  /** An object was made; what had its id before is gone. */
  void made(Kind kind, int id) {
    if (!kind.isDescriptor()) {
      forget(id);
    }
    all(kind).add(id);
  }

  /** An object is gone, and with it what can only be reached through it. */
  void forget(int id) {
    numbers.forEach(
        (kind, list) -> {
          if (!kind.isDescriptor() && !list.isEmpty()) {
            list.remove((Integer) id);
          }
        });
    pasids.remove(id);
    flags.remove(id);
    automatic.remove(id);
    Integer device = devices.remove(id);
    if (device != null) {
      forget(device);
    }
    Integer table = tables.remove(id);
    if (table != null) {
      left(table);
    }
    if (!areas.isEmpty()) {
      areas.removeIf(area -> area.ioas() == id);
    }
  }

  /** A descriptor is closed. */
  void closed(int fd) {
    numbers.forEach(
        (kind, list) -> {
          if (kind.isDescriptor()) {
            list.remove((Integer) fd);
          }
        });
    pins.removeIf(pin -> pin.accessFd() == fd);
  }

  /** The address behind an IOVA of an IOAS, or 0 if it is not known. */
  long userBehind(int ioas, long iova) {
    for (Area area : areas) {
      boolean holds = iova >= area.iova() && iova - area.iova() < area.length();
      if (area.ioas() == ioas && holds && area.user() != 0) {
        return area.user() + (iova - area.iova());
      }
    }
    return 0;
  }

  void mapped(Area area) {
    areas.add(area);
  }

  void unmapped(int ioas, long iova, long length) {
    areas.removeIf(
        area ->
            area.ioas() == ioas
                && Long.compareUnsigned(area.iova(), iova) >= 0
                && Long.compareUnsigned(area.iova() - iova, length) < 0);
  }

  void attached(int stdev, int pasid) {
    if (pasid != 0) {
      pasids.computeIfAbsent(stdev, device -> new TreeSet<>()).add(pasid);
    }
  }

  void detached(int stdev, int pasid) {
    Set<Integer> left = pasids.get(stdev);
    if (left != null && left.remove(pasid) && left.isEmpty()) {
      pasids.remove(stdev);
    }
  }
}
