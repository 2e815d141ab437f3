package org.iommuref.model.iommufd.pagetable;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** The search for an IOVA that nothing uses. Linux: iopt_alloc_iova. */
final class IovaSearch {

  private static final long HUGE_PAGE = 1L << 21;
  private static final IovaRange EVERYTHING =
      new IovaRange(Processes.PAGE_SIZE, -1L - Processes.PAGE_SIZE);

  private final ReservedIovas reserved;
  private final AreaTree areas;

  IovaSearch(ReservedIovas reserved, AreaTree areas) {
    this.reserved = reserved;
    this.areas = areas;
  }

  /**
   * The lowest IOVA that suits a length and where its pages lie.
   *
   * @param allowed the ranges to search, by ascending address; none stands for all
   * @param address of the first byte in its source; its low bits are kept where they can be
   * @param least the alignment that the map needs
   */
  Result<Long> find(List<IovaRange> allowed, long address, long length, long least) {
    if (length == 0 || Long.compareUnsigned(length, Long.divideUnsigned(-1L, 2)) >= 0) {
      return Result.err(Errno.EOVERFLOW);
    }
    long alignment = minUnsigned(roundUpToPowerOfTwo(length), HUGE_PAGE);
    if (address != 0) {
      alignment = minUnsigned(alignment, Long.lowestOneBit(address));
    }
    if (Long.compareUnsigned(alignment, least) < 0) {
      return Result.err(Errno.EINVAL);
    }
    long offset = address & (Processes.PAGE_SIZE - 1);
    for (IovaRange span : allowed.isEmpty() ? List.of(EVERYTHING) : spans(allowed)) {
      Long found = findIn(span, length, alignment, offset);
      if (found != null) {
        return Result.ok(found);
      }
    }
    return Result.err(Errno.ENOSPC);
  }

  private @Nullable Long findIn(IovaRange span, long length, long alignment, long offset) {
    Long start = fit(span, length, alignment, offset);
    if (start == null) {
      return null;
    }
    Holes holes = new Holes(reserved, areas, start, span.last());
    for (IovaRange hole = holes.next(); hole != null; hole = holes.next()) {
      Long found = fit(hole, length, alignment, offset);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Where the length fits into a range, or null. */
  private static @Nullable Long fit(IovaRange range, long length, long alignment, long offset) {
    long raised = range.start() + (alignment - 1);
    if (Long.compareUnsigned(raised, range.start()) < 0) {
      return null;
    }
    long start = (raised & -alignment) | offset;
    boolean fits =
        Long.compareUnsigned(start, range.last()) < 0
            && Long.compareUnsigned(range.last() - start, length - 1) >= 0;
    return fits ? start : null;
  }

  /** Ranges that touch count as one; all are cut to what can be searched. */
  private static List<IovaRange> spans(List<IovaRange> allowed) {
    List<IovaRange> spans = new ArrayList<>();
    for (IovaRange range : allowed) {
      if (!range.meets(EVERYTHING.start(), EVERYTHING.last())) {
        continue;
      }
      IovaRange cut =
          new IovaRange(
              maxUnsigned(range.start(), EVERYTHING.start()),
              minUnsigned(range.last(), EVERYTHING.last()));
      int end = spans.size() - 1;
      if (end >= 0 && spans.get(end).last() + 1 == cut.start()) {
        spans.set(end, new IovaRange(spans.get(end).start(), cut.last()));
      } else {
        spans.add(cut);
      }
    }
    return spans;
  }

  private static long roundUpToPowerOfTwo(long length) {
    return length == 1 ? 1 : Long.highestOneBit(length - 1) << 1;
  }

  private static long maxUnsigned(long one, long other) {
    return Long.compareUnsigned(one, other) > 0 ? one : other;
  }

  private static long minUnsigned(long one, long other) {
    return Long.compareUnsigned(one, other) < 0 ? one : other;
  }
}
