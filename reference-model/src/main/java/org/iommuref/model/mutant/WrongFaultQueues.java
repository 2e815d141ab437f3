package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.iommuref.model.iommufd.eventq.EventStep;
import org.iommuref.model.iommufd.eventq.GroupDelivery;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.uapi.Structure;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.iommuref.spec.spi.Mutant;

/** Fault queues that are read, answered or polled in a wrong way. */
final class WrongFaultQueues {

  private static final Structure RECORD = Uapi.linux().structure("iommu_hwpt_pgfault");
  private static final Structure RESPONSE = Uapi.linux().structure("iommu_hwpt_page_response");

  private WrongFaultQueues() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "fault-queue-without-file",
            "gives a descriptor that is no fault queue",
            WrongCall.answering("IOMMU_FAULT_QUEUE_ALLOC", "out_fault_fd", fd -> 0),
            "IOPF-002"),
        mutant(
            "fault-queue-answer-lost",
            "does not notice that the answer of FAULT_QUEUE_ALLOC was not written",
            WrongCall.forgiving("IOMMU_FAULT_QUEUE_ALLOC", Errno.EFAULT),
            "IOPF-003"),
        mutant(
            "page-request-lost",
            "puts no group of page requests into a queue",
            WrongSteps.without(EventStep.AddEvent.class),
            "IOPF-005"),
        mutant("record-without-group", "leaves the group out", record("grpid", n -> 0), "IOPF-009"),
        mutant("record-of-device", "names no device", record("dev_id", id -> 0), "IOPF-011"),
        mutant(
            "record-cookie", "gives cookies from 2 on", record("cookie", c -> c + 1), "IOPF-012"),
        mutant(
            "record-order",
            "gives the address of a group the wrong way round",
            record("addr", Long::reverse),
            "IOPF-013"),
        mutant(
            "empty-read-again",
            "answers EAGAIN where nothing waits",
            read(r -> r.isOk() && r.value() == 0 ? Result.err(Errno.EAGAIN) : r),
            "IOPF-015"),
        mutant(
            "short-read-of-no-memory",
            "answers EFAULT where the first group does not fit",
            WrongSteps.answering(GroupDelivery.ENDS, "it does not fit", Errno.EFAULT),
            "IOPF-016"),
        mutant(
            "one-group-a-read",
            "reads one group at a time",
            WrongKernel.above((iommufd, processes) -> new OneGroup(iommufd)),
            "IOPF-017"),
        mutant(
            "empty-write-invalid",
            "refuses a write of nothing",
            write(r -> r.isOk() && r.value() == 0 ? Result.err(Errno.EINVAL) : r),
            "IOPF-022"),
        mutant(
            "write-all-or-nothing",
            "fails though it has taken answers",
            WrongKernel.above((iommufd, processes) -> new AllOrNothing(iommufd)),
            "IOPF-026"),
        mutant(
            "answer-not-given",
            "takes answers and gives them to no device",
            WrongKernel.above((iommufd, processes) -> new Deaf(iommufd)),
            "IOPF-027"),
        mutant(
            "answers-in-order",
            "takes the answer to the lowest cookie alone",
            WrongKernel.above(InOrder::new),
            "IOPF-028"),
        mutant("poll-not-writable", "hides it", poll(false, false), "IOPF-029"),
        mutant(
            "poll-never-readable",
            "does not look whether something waits",
            WrongSteps.without(EventStep.LookForEvents.class),
            "IOPF-030"));
  }

  private static WrongKernel record(String field, LongUnaryOperator other) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new ForwardingIommufd(iommufd) {
              @Override
              public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
                Result<Integer> result = super.read(caller, file, buffer, count);
                int bytes = result.isOk() ? result.value() : 0;
                for (int at = 0; at + RECORD.size() <= bytes; at += RECORD.size()) {
                  change(caller, buffer + at, field, other, processes);
                }
                return result;
              }
            });
  }

  private static void change(
      Caller caller, long at, String field, LongUnaryOperator other, Processes processes) {
    byte[] record = processes.copyIn(caller.process(), at, RECORD.size()).value();
    RECORD.set(record, field, other.applyAsLong(RECORD.get(record, field)));
    var ignored = processes.copyOut(caller.process(), at, record);
  }

  static WrongKernel read(UnaryOperator<Result<Integer>> other) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new ForwardingIommufd(iommufd) {
              @Override
              public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
                return other.apply(super.read(caller, file, buffer, count));
              }
            });
  }

  static WrongKernel write(UnaryOperator<Result<Integer>> other) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new ForwardingIommufd(iommufd) {
              @Override
              public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
                return other.apply(super.write(caller, file, buffer, count));
              }
            });
  }

  static WrongKernel poll(boolean readable, boolean writable) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new ForwardingIommufd(iommufd) {
              @Override
              public Set<Readiness> poll(FileId file) {
                Set<Readiness> ready = EnumSet.noneOf(Readiness.class);
                ready.addAll(super.poll(file));
                if (readable) {
                  ready.add(Readiness.READABLE);
                }
                if (!writable) {
                  ready.remove(Readiness.WRITABLE);
                }
                return ready;
              }
            });
  }

  private static final class OneGroup extends ForwardingIommufd {
    OneGroup(Iommufd right) {
      super(right);
    }

    @Override
    public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
      boolean several = count > RECORD.size() && count % RECORD.size() == 0;
      return super.read(caller, file, buffer, several ? RECORD.size() : count);
    }
  }

  private static final class AllOrNothing extends ForwardingIommufd {
    AllOrNothing(Iommufd right) {
      super(right);
    }

    @Override
    public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
      Result<Integer> result = super.write(caller, file, buffer, count);
      return result.isOk() && result.value() < count ? Result.err(Errno.EINVAL) : result;
    }
  }

  private static final class Deaf extends ForwardingIommufd {
    Deaf(Iommufd right) {
      super(right);
    }

    @Override
    public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
      return count % RESPONSE.size() == 0
          ? Result.ok((int) count)
          : super.write(caller, file, buffer, count);
    }
  }

  private static final class InOrder extends ForwardingIommufd {
    private final Processes processes;
    private final TreeSet<Long> outstanding = new TreeSet<>();

    InOrder(Iommufd right, Processes processes) {
      super(right);
      this.processes = processes;
    }

    @Override
    public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
      Result<Integer> result = super.read(caller, file, buffer, count);
      if (result.isOk() && result.value() >= RECORD.size()) {
        byte[] record = processes.copyIn(caller.process(), buffer, RECORD.size()).value();
        outstanding.add(RECORD.get(record, "cookie"));
      }
      return result;
    }

    @Override
    public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
      Result<byte[]> answer = processes.copyIn(caller.process(), buffer, RESPONSE.size());
      long cookie = answer.isOk() ? RESPONSE.get(answer.value(), "cookie") : 0;
      if (outstanding.contains(cookie) && outstanding.first() != cookie) {
        return Result.err(Errno.EINVAL);
      }
      outstanding.remove(cookie);
      return super.write(caller, file, buffer, count);
    }
  }
}
