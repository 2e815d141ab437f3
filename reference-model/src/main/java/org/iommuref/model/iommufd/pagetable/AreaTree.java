package org.iommuref.model.iommufd.pagetable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** The areas of a map, by ascending IOVA; they are disjoint. Each access is a step. */
final class AreaTree {

  private final Shared shared;
  private final TreeMap<Long, Area> areas = new TreeMap<>(Long::compareUnsigned);

  AreaTree(Shared shared) {
    this.shared = shared;
  }

  void insert(Area area) {
    shared.change(
        new AreaStep.InsertArea(area.iova(), area.last()),
        step -> {
          if (lowest(step.iova(), step.last()) != null) {
            throw new IllegalStateException("IOAS-134: " + area + " overlaps another");
          }
          areas.put(step.iova(), area);
        });
  }

  void remove(Area area) {
    shared.change(
        new AreaStep.RemoveArea(area.iova(), area.last()), step -> areas.remove(step.iova()));
  }

  boolean isEmpty() {
    return all().isEmpty();
  }

  /** All of them. */
  List<Area> all() {
    return shared.look(new AreaStep.ListAreas(), step -> List.copyOf(areas.values()));
  }

  /** All of them, as whoever looks on sees them. */
  Collection<Area> seen() {
    return areas.values();
  }

  /** The lowest area that meets a range, or null. */
  @Nullable Area first(long start, long last) {
    return shared
        .look(
            new AreaStep.FirstArea(start, last),
            step -> Optional.ofNullable(lowest(step.start(), step.last())))
        .orElse(null);
  }

  /** The area that holds an IOVA, or null. */
  @Nullable Area at(long iova) {
    return shared
        .look(new AreaStep.FindArea(iova), step -> Optional.ofNullable(holding(step.iova())))
        .orElse(null);
  }

  /** Runs a search for a hole as one step. */
  Result<Long> findHole(long length, Supplier<Result<Long>> search) {
    return shared.look(new AreaStep.FindHole(length), step -> search.get());
  }

  /** The same for a search that is one step. */
  @Nullable Area holding(long iova) {
    Map.Entry<Long, Area> below = areas.floorEntry(iova);
    return below != null && Long.compareUnsigned(below.getValue().last(), iova) >= 0
        ? below.getValue()
        : null;
  }

  /** For a search that is one step: the lowest area that begins behind an IOVA, or null. */
  @Nullable Area after(long iova) {
    Map.Entry<Long, Area> next = areas.higherEntry(iova);
    return next == null ? null : next.getValue();
  }

  private @Nullable Area lowest(long start, long last) {
    Area at = holding(start);
    if (at != null) {
      return at;
    }
    Map.Entry<Long, Area> next = areas.ceilingEntry(start);
    return next != null && Long.compareUnsigned(next.getKey(), last) <= 0 ? next.getValue() : null;
  }
}
