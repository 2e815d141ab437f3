package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import java.util.Map;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;

/** New IOASs, and the ranges of IOVAs that are told and allowed, wrong beside the checks. */
final class WrongRanges {

  private static final String ALLOC = "IOMMU_IOAS_ALLOC";
  private static final String RANGES = "IOMMU_IOAS_IOVA_RANGES";
  private static final String ALLOW = "IOMMU_IOAS_ALLOW_IOVAS";
  private static final String NUM = "num_iovas";
  private static final String ARRAY = "allowed_iovas";
  private static final int RANGE_BYTES = 16;

  private WrongRanges() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ioas-alloc-small-pages",
            "begins with large pages off",
            WrongCall.changed(ALLOC, WrongRanges::smallPages),
            "IOAS-001"),
        mutant(
            "ioas-ranges-end-behind",
            "tells the first address behind a range as its last",
            WrongCall.changed(RANGES, WrongRanges::endBehind),
            "IOAS-005"),
        mutant(
            "ioas-ranges-of-allowed",
            "tells what was allowed as what is usable",
            WrongKernel.above(RangesOfAllowed::new),
            "IOAS-006"),
        mutant(
            "ioas-ranges-one-more",
            "writes a range behind the end of the array",
            WrongCall.taking(RANGES, NUM, number -> number + 1),
            "IOAS-007"),
        mutant(
            "ioas-ranges-keep-number",
            "does not tell the number of ranges when there are too many",
            WrongCall.changed(RANGES, WrongRanges::keepNumber),
            "IOAS-008"),
        mutant(
            "ioas-ranges-go-on",
            "goes on behind a range that it cannot write",
            WrongCall.changed(RANGES, WrongRanges::goOn),
            "IOAS-010"),
        mutant(
            "ioas-ranges-need-one",
            "fails when there is no range",
            WrongCall.changed(RANGES, WrongRanges::needOne),
            "IOAS-011"),
        mutant(
            "ioas-allow-reads-first",
            "reads the whole array before it looks at a range",
            WrongCall.changed(ALLOW, WrongRanges::readFirst),
            "IOAS-017"),
        mutant(
            "ioas-allow-nothing-keeps",
            "keeps the ranges when none are given",
            WrongCall.changed(ALLOW, WrongRanges::keepForNone),
            "IOAS-019"),
        mutant(
            "ioas-allow-clears-first",
            "forgets the old ranges before the new ones are looked at",
            WrongCall.changed(ALLOW, WrongRanges::clearFirst),
            "IOAS-020"),
        mutant(
            "ioas-allow-unmaps",
            "unmaps everything when ranges are allowed",
            WrongCall.changed(ALLOW, WrongRanges::unmap),
            "IOAS-021"));
  }

  private static Result<Integer> smallPages(OneCall call) {
    Result<Integer> result = call.right();
    if (result.isOk()) {
      long ioas = call.get("out_ioas_id");
      call.also("IOMMU_OPTION", Map.of("option_id", 1L, "object_id", ioas));
    }
    return result;
  }

  private static Result<Integer> endBehind(OneCall call) {
    Result<Integer> result = call.right();
    long last = call.get(ARRAY) + Long.BYTES;
    if (result.isOk() && call.get(NUM) > 1) {
      call.poke(last, call.peek(last) + 1);
    }
    return result;
  }

  private static Result<Integer> keepNumber(OneCall call) {
    long number = call.get(NUM);
    Result<Integer> result = call.right();
    if (result.errno() == Errno.EMSGSIZE) {
      call.set(NUM, number);
    }
    return result;
  }

  private static Result<Integer> goOn(OneCall call) {
    Result<Integer> result = call.right();
    if (result.errno() == Errno.EFAULT) {
      call.poke(call.get(ARRAY) + RANGE_BYTES, 1);
    }
    return result;
  }

  private static Result<Integer> needOne(OneCall call) {
    Result<Integer> result = call.right();
    return result.isOk() && call.get(NUM) == 0 ? Result.err(Errno.ENOSPC) : result;
  }

  private static Result<Integer> readFirst(OneCall call) {
    long end = call.get(ARRAY) + call.get(NUM) * RANGE_BYTES;
    Result<Integer> result = call.right();
    return result.errno() == Errno.EINVAL && !call.isReadable(end - RANGE_BYTES)
        ? Result.err(Errno.EFAULT)
        : result;
  }

  private static Result<Integer> keepForNone(OneCall call) {
    return call.get(NUM) == 0 ? Result.ok(0) : call.right();
  }

  private static Result<Integer> clearFirst(OneCall call) {
    long ioas = call.get("ioas_id");
    call.also(ALLOW, Map.of("ioas_id", ioas));
    return call.right();
  }

  private static Result<Integer> unmap(OneCall call) {
    Result<Integer> result = call.right();
    if (result.isOk()) {
      long ioas = call.get("ioas_id");
      call.also("IOMMU_IOAS_UNMAP", Map.of("ioas_id", ioas, "length", -1L));
    }
    return result;
  }

  /** Remembers the first range that was allowed last, for whichever IOAS. */
  private static final class RangesOfAllowed extends ForwardingIommufd {
    private final WrongCall allow;
    private final WrongCall ranges;
    private long start;
    private long last;

    RangesOfAllowed(Iommufd right, Processes processes) {
      super(right);
      this.allow =
          WrongCall.of(
              right,
              processes,
              ALLOW,
              call -> {
                start = call.peek(call.get(ARRAY));
                last = call.peek(call.get(ARRAY) + Long.BYTES);
                return call.right();
              });
      this.ranges =
          WrongCall.of(
              allow,
              processes,
              RANGES,
              call -> {
                Result<Integer> result = call.right();
                if (result.isOk() && last != 0) {
                  call.poke(call.get(ARRAY), start);
                  call.poke(call.get(ARRAY) + Long.BYTES, last);
                }
                return result;
              });
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return ranges.ioctl(caller, file, command, argument);
    }
  }
}
