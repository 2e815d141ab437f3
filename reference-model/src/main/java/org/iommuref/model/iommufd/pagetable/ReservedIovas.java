package org.iommuref.model.iommufd.pagetable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.iommuref.model.iommufd.shared.Shared;
import org.jspecify.annotations.Nullable;

/** IOVAs that may not be mapped, each range with its owner; ranges may overlap. */
final class ReservedIovas {

  private record Reserved(IovaRange range, @Nullable Object owner) {}

  private final Shared shared;
  private final List<Reserved> reserved = new ArrayList<>();

  ReservedIovas(Shared shared) {
    this.shared = shared;
  }

  void add(long start, long last, @Nullable Object owner) {
    shared.change(
        new RangeStep.ReserveRange(start, last),
        step -> reserved.add(new Reserved(new IovaRange(step.start(), step.last()), owner)));
  }

  /** Removes every range of one owner; the test interface reserves for nobody, null. */
  void remove(@Nullable Object owner) {
    shared.change(
        new RangeStep.ReleaseRanges(String.valueOf(owner)),
        step -> reserved.removeIf(each -> Objects.equals(owner, each.owner())));
  }

  boolean isEmpty() {
    return reserved.isEmpty();
  }

  boolean meets(long start, long last) {
    return shared.look(
        new RangeStep.LookForReserved(start, last), step -> isMet(step.start(), step.last()));
  }

  /** The same as whoever looks on sees it. */
  boolean isMet(long start, long last) {
    for (Reserved each : reserved) {
      if (each.range().meets(start, last)) {
        return true;
      }
    }
    return false;
  }

  /**
   * For a search that is one step: a range that holds an IOVA, the one that reaches furthest, or
   * null.
   */
  @Nullable IovaRange at(long iova) {
    IovaRange found = null;
    for (Reserved each : reserved) {
      IovaRange range = each.range();
      if (range.holds(iova)
          && (found == null || Long.compareUnsigned(range.last(), found.last()) > 0)) {
        found = range;
      }
    }
    return found;
  }

  /** For a search that is one step: the lowest beginning of a range behind an IOVA, or null. */
  @Nullable Long beginAfter(long iova) {
    Long found = null;
    for (Reserved each : reserved) {
      long start = each.range().start();
      if (Long.compareUnsigned(start, iova) > 0
          && (found == null || Long.compareUnsigned(start, found) < 0)) {
        found = start;
      }
    }
    return found;
  }
}
