package org.iommuref.model.iommufd.pagetable;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOSPC;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** The search for an IOVA that nothing uses. Linux: iopt_alloc_iova. */
public final class IovaSearch {

  private static final long HUGE_PAGE = 1L << 21;
  private static final IovaRange EVERYTHING =
      new IovaRange(Processes.PAGE_SIZE, -1L - Processes.PAGE_SIZE);

  /** What keeps an IOVA from being found. Linux: iopt_alloc_iova. */
  public static final CheckList<Search> CHECKS =
      new CheckList<>(
              "iopt_alloc_iova",
              Checks.<Search>inOrder()
                  .when("IOAS-045", "the length leaves no choice", Search::isTooLong, EOVERFLOW)
                  .when("IOAS-048", "the memory is too finely aligned", Search::isTooFine, EINVAL)
                  .needs("IOAS-052", "nothing fits", search -> search.findIova() == null, ENOSPC))
          .orderedBy("IOAS-054");

  private final Kernel kernel;
  private final ReservedIovas reserved;
  private final AreaTree areas;

  IovaSearch(Kernel kernel, ReservedIovas reserved, AreaTree areas) {
    this.kernel = kernel;
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
    Search search = new Search(this, allowed, address, length, least);
    Errno refusal = CHECKS.refusal(kernel, search);
    return refusal == null
        ? Result.ok(Objects.requireNonNull(search.findIova()))
        : Result.err(refusal);
  }

  /**
   * A search, as the checks see it.
   *
   * @param iovas where it is made
   * @param allowed the ranges to search
   * @param address of the first byte in its source
   * @param length in bytes
   * @param least the alignment that the map needs
   */
  public record Search(
      IovaSearch iovas, List<IovaRange> allowed, long address, long length, long least) {

    private boolean isTooLong() {
      return length == 0 || Long.compareUnsigned(length, Long.divideUnsigned(-1L, 2)) >= 0;
    }

    private boolean isTooFine() {
      return Long.compareUnsigned(alignment(), least) < 0;
    }

    private long alignment() {
      long alignment = minUnsigned(roundUpToPowerOfTwo(length), HUGE_PAGE);
      return address == 0 ? alignment : minUnsigned(alignment, Long.lowestOneBit(address));
    }

    private @Nullable Long findIova() {
      long offset = address & (Processes.PAGE_SIZE - 1);
      for (IovaRange span : allowed.isEmpty() ? List.of(EVERYTHING) : spans(allowed)) {
        Long found = iovas.findIn(span, length, alignment(), offset);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
  }

  private @Nullable Long findIn(IovaRange span, long length, long alignment, long offset) {
    Long start = fit(new Candidate(span, length, alignment, offset));
    if (start == null) {
      return null;
    }
    Holes holes = new Holes(reserved, areas, start, span.last());
    for (IovaRange hole = holes.next(); hole != null; hole = holes.next()) {
      Long found = fit(new Candidate(hole, length, alignment, offset));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Where the length fits into a range, or null. */
  private @Nullable Long fit(Candidate candidate) {
    return Candidate.CHECKS.refusal(kernel, candidate) == null ? candidate.start() : null;
  }

  /**
   * The first address of a range that has the alignment.
   *
   * @param range where it is looked for
   * @param length of what is to fit, in bytes
   * @param alignment a power of two
   * @param offset the low bits that are set in it
   */
  public record Candidate(IovaRange range, long length, long alignment, long offset) {

    /** What keeps it from being chosen. Linux: __alloc_iova_check_range. */
    public static final CheckList<Candidate> CHECKS =
        new CheckList<>(
            "__alloc_iova_check_range",
            Checks.<Candidate>inOrder()
                .when("IOAS-052", "the alignment wraps", Candidate::wraps, ENOSPC)
                .when("IOAS-053", "the gap ends there", Candidate::isAtEnd, ENOSPC)
                .when("IOAS-052", "it is too long", Candidate::isTooShort, ENOSPC));

    private long start() {
      return ((range.start() + (alignment - 1)) & -alignment) | offset;
    }

    private boolean wraps() {
      return Long.compareUnsigned(range.start() + (alignment - 1), range.start()) < 0;
    }

    private boolean isAtEnd() {
      return Long.compareUnsigned(start(), range.last()) >= 0;
    }

    private boolean isTooShort() {
      return Long.compareUnsigned(range.last() - start(), length - 1) < 0;
    }
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
