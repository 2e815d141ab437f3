package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;

/** Options, wrong beside the checks. */
final class WrongOptions {

  private static final String OPTION = "IOMMU_OPTION";
  private static final String VALUE = "val64";
  private static final long RLIMIT_MODE = 0;
  private static final long HUGE_PAGES = 1;
  private static final long SET = 0;
  private static final long GET = 1;

  private WrongOptions() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "option-clears-object",
            "writes another field back too",
            WrongCall.answering(OPTION, "object_id", object -> 0),
            "OPT-003"),
        mutant(
            "option-nothing-without-answer",
            "sets nothing when the value cannot be written back",
            WrongCall.refusing(OPTION, call -> !call.isWritable(), Errno.EFAULT),
            "OPT-004"),
        mutant(
            "option-mode-turned-round",
            "gives 1 where users are charged",
            WrongCall.changed(OPTION, call -> turnedRound(call, RLIMIT_MODE)),
            "OPT-006"),
        mutant(
            "option-mode-of-vfio-at-first",
            "begins every context by charging processes",
            WrongKernel.above((right, processes) -> new Opening(right, Node.VFIO)),
            "OPT-007"),
        mutant(
            "option-mode-of-iommufd-at-first",
            "begins every context by charging users",
            WrongKernel.above((right, processes) -> new Opening(right, Node.IOMMU)),
            "OPT-008"),
        mutant(
            "option-large-pages-turned-round",
            "gives 1 where large pages are off",
            WrongCall.changed(OPTION, call -> turnedRound(call, HUGE_PAGES)),
            "OPT-015"),
        mutant(
            "option-large-pages-stay-off",
            "refuses to turn large pages on",
            WrongCall.refusing(OPTION, call -> sets(call, 1), Errno.EINVAL),
            "OPT-016"),
        mutant(
            "option-large-pages-off-once",
            "refuses to turn large pages off twice",
            WrongKernel.above(Once::new),
            "OPT-017"),
        mutant(
            "option-large-pages-off-late",
            "turns large pages off with mappings in page tables",
            WrongCall.changed(OPTION, call -> forgiven(call, Errno.EINVAL)),
            "OPT-018"),
        mutant(
            "option-large-pages-off-under-fine",
            "turns large pages off under mappings of parts of pages",
            WrongCall.changed(OPTION, call -> forgiven(call, Errno.EADDRINUSE)),
            "OPT-019"),
        mutant(
            "ioas-alignment-without-large-pages",
            "tells an alignment of a byte whatever it is",
            WrongCall.answering("IOMMU_IOAS_IOVA_RANGES", "out_iova_alignment", alignment -> 1),
            "OPT-023"));
  }

  private static boolean sets(OneCall call, long value) {
    return call.get("option_id") == HUGE_PAGES && call.get("op") == SET && call.get(VALUE) == value;
  }

  private static Result<Integer> turnedRound(OneCall call, long option) {
    Result<Integer> result = call.right();
    if (result.isOk() && call.get("op") == GET && call.get("option_id") == option) {
      call.set(VALUE, 1 - call.get(VALUE));
    }
    return result;
  }

  private static Result<Integer> forgiven(OneCall call, Errno errno) {
    Result<Integer> result = call.right();
    return result.errno() == errno && sets(call, 0) ? Result.ok(0) : result;
  }

  /** Every node opens as one. */
  private static final class Opening extends ForwardingIommufd {
    private final Node always;

    Opening(Iommufd right, Node always) {
      super(right);
      this.always = always;
    }

    @Override
    public Result<FileId> open(Caller caller, Node node) {
      return super.open(caller, always);
    }
  }

  /** Remembers that large pages of an IOAS were turned off. */
  private static final class Once extends ForwardingIommufd {
    private final WrongCall option;
    private boolean off;

    Once(Iommufd right, Processes processes) {
      super(right);
      this.option =
          WrongCall.of(
              right,
              processes,
              OPTION,
              call -> {
                if (sets(call, 0) && off) {
                  return Result.err(Errno.EINVAL);
                }
                off |= sets(call, 0);
                return call.right();
              });
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return option.ioctl(caller, file, command, argument);
    }
  }
}
