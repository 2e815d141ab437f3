package org.iommuref.model.iommufd.pagetable;

import org.jspecify.annotations.Nullable;

/**
 * The gaps between ranges, in ascending order. Linux: interval_tree_for_each_span and
 * interval_tree_for_each_double_span.
 */
final class Holes {

  private final ReservedIovas reserved;
  private final @Nullable AreaTree areas;
  private final long last;
  private long cursor;
  private boolean done;

  /**
   * Gaps within a range.
   *
   * @param areas the second set of ranges, or null if there is only one
   */
  Holes(ReservedIovas reserved, @Nullable AreaTree areas, long start, long last) {
    this.reserved = reserved;
    this.areas = areas;
    this.last = last;
    this.cursor = start;
  }

  /** The next gap, or null behind the last one. */
  @Nullable IovaRange next() {
    while (!done) {
      Long usedUpTo = usedUpTo(cursor);
      if (usedUpTo != null) {
        advanceBehind(usedUpTo);
        continue;
      }
      IovaRange hole = new IovaRange(cursor, holeEnd(cursor));
      advanceBehind(hole.last());
      return hole;
    }
    return null;
  }

  private void advanceBehind(long used) {
    done = Long.compareUnsigned(used, last) >= 0;
    cursor = used + 1;
  }

  private @Nullable Long usedUpTo(long iova) {
    IovaRange range = reserved.at(iova);
    if (range != null) {
      return range.last();
    }
    Area area = areas == null ? null : areas.holding(iova);
    return area == null ? null : area.last();
  }

  private long holeEnd(long iova) {
    long end = last;
    Long begin = reserved.beginAfter(iova);
    if (begin != null && Long.compareUnsigned(begin - 1, end) < 0) {
      end = begin - 1;
    }
    Area area = areas == null ? null : areas.after(iova);
    if (area != null && Long.compareUnsigned(area.iova() - 1, end) < 0) {
      end = area.iova() - 1;
    }
    return end;
  }
}
