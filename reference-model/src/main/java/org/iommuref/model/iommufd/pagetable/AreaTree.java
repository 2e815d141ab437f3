package org.iommuref.model.iommufd.pagetable;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The areas of a map, by ascending IOVA; they are disjoint. */
final class AreaTree {

  private final TreeMap<Long, Area> areas = new TreeMap<>(Long::compareUnsigned);

  void insert(Area area) {
    areas.put(area.iova(), area);
  }

  void remove(Area area) {
    areas.remove(area.iova());
  }

  boolean isEmpty() {
    return areas.isEmpty();
  }

  Collection<Area> all() {
    return areas.values();
  }

  /** The lowest area that meets a range, or null. */
  @Nullable Area first(long start, long last) {
    Area at = at(start);
    if (at != null) {
      return at;
    }
    Map.Entry<Long, Area> next = areas.ceilingEntry(start);
    return next != null && Long.compareUnsigned(next.getKey(), last) <= 0 ? next.getValue() : null;
  }

  /** The area that holds an IOVA, or null. */
  @Nullable Area at(long iova) {
    Map.Entry<Long, Area> below = areas.floorEntry(iova);
    return below != null && Long.compareUnsigned(below.getValue().last(), iova) >= 0
        ? below.getValue()
        : null;
  }

  /** The lowest area that begins behind an IOVA, or null. */
  @Nullable Area after(long iova) {
    Map.Entry<Long, Area> next = areas.higherEntry(iova);
    return next == null ? null : next.getValue();
  }
}
