package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.iommuref.model.iommufd.kernel.AccountStep;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Caller.Right;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.FileCall.Account;
import org.iommuref.spec.spi.IommufdProvider;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** Charges of pinned memory, wrong in whom they meet, and when. */
final class WrongCharges {

  private static final String MAP = "IOMMU_IOAS_MAP";
  private static final String DOMAIN = "IOMMU_TEST_OP_MOCK_DOMAIN";
  private static final String CHANGE_PROCESS = "IOMMU_IOAS_CHANGE_PROCESS";

  private WrongCharges() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "charge-the-privileged",
            "charges callers with CAP_IPC_LOCK too",
            WrongKernel.above((right, processes) -> new NotPrivileged(right)),
            "PIN-012"),
        mutant(
            "no-limit",
            "does not look at RLIMIT_MEMLOCK",
            WrongKernel.below(NoLimit::new),
            "PIN-013",
            "PIN-014",
            "ACC-019"),
        mutant(
            "pin-beyond-limit",
            "leaves a page pinned that the limit forbids",
            WrongKernel.above((right, processes) -> new LeavesPin(right, processes, MAP)),
            "PIN-015"),
        mutant(
            "pinned-as-locked",
            "shows as pinned what is charged to the process",
            shown(right -> new Account(right.locked(), right.locked())),
            "PIN-016"),
        mutant(
            "locked-as-pinned",
            "shows as locked whatever is pinned",
            shown(right -> new Account(right.pinned(), right.pinned())),
            "PIN-017"),
        mutant(
            "counts-only-rise",
            "takes nothing off the counts",
            WrongSteps.without(AccountStep.DischargePages.class),
            "PIN-018"),
        mutant(
            "caller-pays",
            "takes the limit of the caller for that of the process that mapped",
            WrongSystem.of(CallerPays::new),
            "PIN-019"),
        mutant(
            "memory-of-caller",
            "pins the memory of the caller in place of that of the process that mapped",
            WrongSystem.of(MemoryOfCaller::new),
            "PIN-020",
            "ACC-026"),
        mutant(
            "attach-without-process",
            "attaches although the memory has gone with its process",
            WrongCall.forgiving(DOMAIN, Errno.EFAULT),
            "PIN-021"),
        mutant(
            "change-nothing",
            "leaves mappings with their owner",
            WrongCall.doingNothing(CHANGE_PROCESS),
            "PIN-027",
            "PIN-028"),
        mutant(
            "change-beyond-limit",
            "takes over what the limit of the caller forbids",
            WrongCall.forgiving(CHANGE_PROCESS, Errno.ENOMEM),
            "PIN-029"),
        mutant(
            "change-from-others-alone",
            "refuses a caller that is the owner",
            WrongCall.failing(CHANGE_PROCESS, Errno.EINVAL),
            "PIN-030"));
  }

  private interface Shown {
    Account of(Account right);
  }

  private static IommufdProvider shown(Shown shown) {
    return WrongSystem.of(
        () ->
            new WrongSystem() {
              @Override
              Account account(ProcessId process, Account right) {
                return shown.of(right);
              }
            });
  }

  private static final class NotPrivileged extends ForwardingIommufd {
    NotPrivileged(Iommufd right) {
      super(right);
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      Set<Right> rights = EnumSet.noneOf(Right.class);
      rights.addAll(caller.rights());
      rights.remove(Right.IPC_LOCK);
      Caller plain = new Caller(caller.process(), caller.user(), rights);
      return super.ioctl(plain, file, command, argument);
    }
  }

  private static final class NoLimit extends ForwardingProcesses {
    NoLimit(Processes right) {
      super(right);
    }

    @Override
    public long memlockLimit(ProcessId process) {
      return -1;
    }
  }

  private static final class LeavesPin extends WrongCall {
    private final Processes processes;

    LeavesPin(Iommufd right, Processes processes, String command) {
      super(right, processes, command);
      this.processes = processes;
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<Integer> result = right(caller, file, argument);
      Long address = get(caller, argument, "user_va");
      if (result.errno() == Errno.ENOMEM && address != null) {
        var ignored = processes.pin(caller.process(), address, 1, true);
      }
      return result;
    }
  }

  /** Knows who calls. */
  private abstract static class KnowsCaller extends WrongSystem {
    private @Nullable ProcessId caller;

    /** The process that calls, or another if none does. */
    final ProcessId callerOr(ProcessId other) {
      return caller == null ? other : caller;
    }

    @Override
    Iommufd above(Iommufd iommufd, Processes processes) {
      return new ForwardingIommufd(iommufd) {
        @Override
        public Result<Integer> ioctl(Caller by, FileId file, int command, long argument) {
          caller = by.process();
          return super.ioctl(by, file, command, argument);
        }
      };
    }
  }

  private static final class CallerPays extends KnowsCaller {
    @Override
    Processes below(Processes processes) {
      return new ForwardingProcesses(processes) {
        @Override
        public long memlockLimit(ProcessId process) {
          return super.memlockLimit(callerOr(process));
        }
      };
    }
  }

  private static final class MemoryOfCaller extends KnowsCaller {
    @Override
    Processes below(Processes processes) {
      return new ForwardingProcesses(processes) {
        @Override
        public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
          return super.pin(callerOr(process), address, pages, write);
        }
      };
    }
  }
}
