package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongSteps.answering;

import java.util.List;
import org.iommuref.model.iommufd.eventq.FaultQueueAlloc;
import org.iommuref.model.iommufd.ioas.IoasMap;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;

/** What a command reads beyond its structure, writes beyond its answer, or takes for reserved. */
final class WrongAnswers {

  private static final int RANGE_BYTES = 16;
  private static final int FIRST_HOLE = 0x3b95;
  private static final int TEST_COMMAND = 0x3ba0;

  private WrongAnswers() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "size-before-vfio",
            "reads a size before it looks for VFIO's numbers",
            WrongKernel.above(SizeFirst::new),
            "UAPI-003"),
        mutant(
            "reads-behind-structure",
            "reads what lies behind a short structure",
            WrongCall.taking("IOMMU_HWPT_ALLOC", "size", size -> 48),
            "UAPI-010"),
        mutant(
            "writes-behind-structure",
            "writes its answer beyond a short structure",
            WrongCall.taking("IOMMU_GET_HW_INFO", "size", size -> 40),
            "UAPI-013"),
        mutant(
            "answer-lost",
            "does not notice that its answer was not written",
            WrongKernel.below(LostAnswers::new),
            "UAPI-014"),
        mutant(
            "size-as-known",
            "answers the size that it knows",
            WrongCall.answering("IOMMU_IOAS_ALLOC", "size", size -> 12),
            "UAPI-015"),
        mutant(
            "destroy-answers",
            "DESTROY answers an id of zero",
            WrongCall.answering("IOMMU_DESTROY", "id", id -> 0),
            "UAPI-016"),
        mutant(
            "failure-answers",
            "writes an id though IOAS_ALLOC has failed",
            answeringFailure("IOMMU_IOAS_ALLOC", "out_ioas_id"),
            "UAPI-017"),
        mutant(
            "unknown-flags-invalid",
            "answers EINVAL for unknown flags of FAULT_QUEUE_ALLOC",
            answering(FaultQueueAlloc.COMMAND.checks(), "a flag is set", Errno.EINVAL),
            "UAPI-018"),
        mutant(
            "reserved-invalid",
            "answers EINVAL for a reserved field of IOAS_MAP",
            answering(IoasMap.COMMAND.checks(), "a reserved field is set", Errno.EINVAL),
            "UAPI-019"),
        mutant(
            "reserved-looked-at",
            "refuses HWPT_ALLOC with its second reserved field in use",
            refusing("IOMMU_HWPT_ALLOC", "__reserved2"),
            "UAPI-020"),
        mutant(
            "ranges-turned-round",
            "writes a range with its last address first",
            WrongKernel.below(TurnedRanges::new),
            "UAPI-027"),
        mutant(
            "holes-without-size",
            "answers ENOTTY for a hole whose size cannot be read",
            WrongKernel.above((iommufd, processes) -> new Holes(iommufd)),
            "UAPI-045"));
  }

  private static WrongKernel answeringFailure(String command, String field) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Result<Integer> result = right(caller, file, argument);
                if (!result.isOk()) {
                  set(caller, argument, field, 0);
                }
                return result;
              }
            });
  }

  private static WrongKernel refusing(String command, String field) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Long value = get(caller, argument, field);
                return value != null && value != 0
                    ? Result.err(Errno.EOPNOTSUPP)
                    : right(caller, file, argument);
              }
            });
  }

  private static final class SizeFirst extends ForwardingIommufd {
    private final Processes processes;

    SizeFirst(Iommufd right, Processes processes) {
      super(right);
      this.processes = processes;
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return processes.copyIn(caller.process(), argument, Integer.BYTES).isOk()
          ? super.ioctl(caller, file, command, argument)
          : Result.err(Errno.EFAULT);
    }
  }

  /** What cannot be written is taken for written. */
  private static final class LostAnswers extends ForwardingProcesses {
    LostAnswers(Processes right) {
      super(right);
    }

    @Override
    public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
      var ignored = super.copyOut(process, address, bytes);
      return Result.ok(bytes.length);
    }
  }

  private static final class TurnedRanges extends ForwardingProcesses {
    TurnedRanges(Processes right) {
      super(right);
    }

    @Override
    public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
      if (bytes.length != RANGE_BYTES) {
        return super.copyOut(process, address, bytes);
      }
      byte[] turned = new byte[RANGE_BYTES];
      System.arraycopy(bytes, 0, turned, Long.BYTES, Long.BYTES);
      System.arraycopy(bytes, Long.BYTES, turned, 0, Long.BYTES);
      return super.copyOut(process, address, turned);
    }
  }

  private static final class Holes extends ForwardingIommufd {
    Holes(Iommufd right) {
      super(right);
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return command >= FIRST_HOLE && command < TEST_COMMAND
          ? Result.err(Errno.ENOTTY)
          : super.ioctl(caller, file, command, argument);
    }
  }
}
