package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.model.iommufd.pages.PageStep;
import org.iommuref.model.iommufd.pagetable.AreaStep;
import org.iommuref.model.iommufd.pagetable.RangeStep;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.step.Steps;

/** Accesses of the kernel, wrong where no list of checks says what is right. */
final class WrongAccess {

  private static final String REPLACE = "IOMMU_TEST_OP_ACCESS_REPLACE_IOAS";
  private static final String PAGES = "IOMMU_TEST_OP_ACCESS_PAGES";
  private static final String RW = "IOMMU_TEST_OP_ACCESS_RW";

  private WrongAccess() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "access-without-id",
            "knows no object by the id of an access",
            WrongCall.failing("IOMMU_DESTROY", Errno.EBUSY, Errno.ENOENT),
            "ACC-001"),
        mutant(
            "access-aligns-nothing",
            "raises the alignment of an IOAS to the page size for nobody",
            WrongSteps.without(
                step ->
                    step instanceof RangeStep.SetAlignment set
                        && set.alignment() == Processes.PAGE_SIZE),
            "ACC-002"),
        mutant(
            "access-to-nothing",
            "answers EINVAL where an access is to get an IOAS that is none",
            WrongCall.failing(REPLACE, Errno.ENOENT, Errno.EINVAL),
            "ACC-003"),
        mutant(
            "replace-always-unpins",
            "unpins what an access has also where its IOAS stays",
            WrongKernel.above((right, processes) -> new UnpinsOn(right, processes, REPLACE)),
            "ACC-006"),
        mutant(
            "replace-nothing",
            "leaves an access where it is",
            WrongCall.doingNothing(REPLACE),
            "ACC-007"),
        mutant(
            "replace-unsuitable",
            "moves an access to an IOAS whose mappings do not suit it",
            WrongCall.forgiving(REPLACE, Errno.EADDRINUSE),
            "ACC-008"),
        mutant(
            "pin-gaps",
            "passes over gaps when it pins",
            WrongCall.forgiving(PAGES, Errno.ENOENT),
            "ACC-013"),
        mutant(
            "move-gaps",
            "passes over gaps when it reads and writes",
            WrongCall.forgiving(RW, Errno.ENOENT),
            "ACC-013"),
        mutant(
            "write-what-is-read",
            "pins to write whatever was mapped to be read",
            WrongCall.forgiving(PAGES, Errno.EPERM),
            "ACC-015",
            "ACC-016"),
        mutant(
            "failed-pin-stays",
            "keeps pages pinned when a pin has run into a gap",
            WrongSteps.without(PageStep.LeaveAccess.class),
            "ACC-017"),
        mutant(
            "pin-the-next",
            "pins one page too far",
            WrongCall.taking(PAGES, "iova", iova -> iova + Processes.PAGE_SIZE),
            "ACC-018"),
        mutant(
            "move-words",
            "reads and writes from a multiple of 8 on",
            WrongCall.taking(RW, "iova", iova -> iova & -8),
            "ACC-022"),
        mutant(
            "move-without-memory",
            "says that it has read and written memory that is not there",
            WrongCall.forgiving(RW, Errno.EFAULT),
            "ACC-025",
            "ACC-027"),
        mutant(
            "unmap-pinned-refused",
            "takes every pin for one of a hardware queue, which forbids to unmap",
            ModelProvider.mock().with(steps -> pinsCounted(steps, true)),
            "ACC-028"),
        mutant(
            "unmap-under-queue",
            "takes the pin of a hardware queue for one that is given back when asked",
            ModelProvider.mock().with(steps -> pinsCounted(steps, false)),
            "ACC-029"),
        mutant(
            "access-outlives-its-file",
            "keeps an access when its descriptor is closed",
            WrongKernel.above((right, processes) -> new KeepsAccesses(right)),
            "ACC-031"));
  }

  /** Whether a pin forbids to unmap is always the same. */
  private static Steps pinsCounted(Steps steps, boolean locking) {
    Steps pinned =
        new OtherStep<>(
            steps, AreaStep.CountPin.class, pin -> new AreaStep.CountPin(pin.iova(), locking));
    return new OtherStep<>(
        pinned, AreaStep.UncountPin.class, pin -> new AreaStep.UncountPin(pin.iova(), locking));
  }

  /** Undoes pins of what is mapped whenever a command succeeds. */
  static final class UnpinsOn extends WrongMappedMemory {

    UnpinsOn(Iommufd right, Processes processes, String command) {
      super(right, processes, command);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<Integer> result = right(caller, file, argument);
      if (result.isOk()) {
        unpinMapped();
      }
      return result;
    }
  }

  private static final class KeepsAccesses extends ForwardingIommufd {
    private final Set<FileId> opened = new HashSet<>();

    KeepsAccesses(Iommufd right) {
      super(right);
    }

    @Override
    public Result<FileId> open(Caller caller, Node node) {
      Result<FileId> file = super.open(caller, node);
      if (file.isOk()) {
        opened.add(file.value());
      }
      return file;
    }

    @Override
    public void close(FileId file) {
      if (opened.contains(file)) {
        super.close(file);
      }
    }
  }
}
