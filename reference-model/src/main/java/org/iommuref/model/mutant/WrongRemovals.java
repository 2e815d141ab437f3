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

/** Removal of mappings, wrong beside the checks. */
final class WrongRemovals {

  private static final String UNMAP = "IOMMU_IOAS_UNMAP";
  private static final String LENGTH = "length";
  private static final long PAGE = 0x1000;
  private static final int MOST_PAGES = 16;

  private WrongRemovals() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ioas-unmap-all-of-nothing",
            "fails where there is nothing when everything is to be removed",
            WrongCall.changed(UNMAP, WrongRemovals::failForNothing),
            "IOAS-110"),
        mutant(
            "ioas-unmap-answers-what-was-asked",
            "answers the length that was asked for",
            WrongCall.changed(UNMAP, WrongRemovals::answerTheQuestion),
            "IOAS-115"),
        mutant(
            "ioas-unmap-fails-at-gaps",
            "fails where the range has a gap",
            WrongCall.changed(UNMAP, WrongRemovals::failAtGaps),
            "IOAS-118"),
        mutant(
            "ioas-unmap-goes-on",
            "goes on behind a mapping that it cannot remove",
            WrongCall.changed(UNMAP, WrongRemovals::goOn),
            "IOAS-119"),
        mutant(
            "ioas-unmap-failed-length",
            "answers no length when it fails",
            WrongCall.changed(UNMAP, WrongRemovals::clearLength),
            "IOAS-120"),
        mutant(
            "ioas-unmap-does-not-ask",
            "refuses a mapping that accesses have pinned",
            WrongKernel.above(NotAsking::new),
            "IOAS-124"));
  }

  private static Result<Integer> failForNothing(OneCall call) {
    Result<Integer> result = call.right();
    return result.isOk() && call.get(LENGTH) == 0 ? Result.err(Errno.ENOENT) : result;
  }

  private static Result<Integer> answerTheQuestion(OneCall call) {
    long asked = call.get(LENGTH);
    Result<Integer> result = call.right();
    call.set(LENGTH, asked);
    return result;
  }

  private static Result<Integer> failAtGaps(OneCall call) {
    long asked = call.get(LENGTH);
    Result<Integer> result = call.right();
    boolean gaps = asked != -1 && call.get(LENGTH) < asked;
    return result.isOk() && gaps ? Result.err(Errno.ENOENT) : result;
  }

  private static Result<Integer> goOn(OneCall call) {
    Result<Integer> result = call.right();
    if (result.errno() == Errno.ENOENT) {
      long iova = call.get("iova");
      long pages = Math.min(call.get(LENGTH) / PAGE, MOST_PAGES);
      for (long page = 0; page < pages; page++) {
        Map<String, Long> one =
            Map.of("ioas_id", call.get("ioas_id"), "iova", iova + page * PAGE, LENGTH, PAGE);
        call.also(UNMAP, one);
      }
    }
    return result;
  }

  private static Result<Integer> clearLength(OneCall call) {
    Result<Integer> result = call.right();
    if (!result.isOk()) {
      call.set(LENGTH, 0);
    }
    return result;
  }

  /** Nothing is removed once an access has pinned. */
  private static final class NotAsking extends ForwardingIommufd {
    private final WrongCall unmap;
    private boolean pinned;

    NotAsking(Iommufd right, Processes processes) {
      super(right);
      WrongCall pin =
          WrongCall.of(
              right,
              processes,
              "IOMMU_TEST_OP_ACCESS_PAGES",
              call -> {
                pinned = true;
                return call.right();
              });
      this.unmap =
          WrongCall.of(
              pin,
              processes,
              UNMAP,
              call -> {
                return pinned ? Result.err(Errno.EBUSY) : call.right();
              });
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return unmap.ioctl(caller, file, command, argument);
    }
  }
}
