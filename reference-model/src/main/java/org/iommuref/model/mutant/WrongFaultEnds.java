package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import org.iommuref.model.iommufd.eventq.EventStep;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.uapi.Command;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.iommuref.spec.spi.Mutant;

/** Page requests that reach the wrong queue, or outlive their attachment. */
final class WrongFaultEnds {

  private static final String TRIGGER = "IOMMU_TEST_OP_TRIGGER_IOPF";
  private static final String DETACH = "IOMMU_TEST_OP_PASID_DETACH";
  private static final int RECORD = 40;

  private WrongFaultEnds() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "page-request-of-pasid-to-device",
            "tells the queue of the device of a page request with a PASID",
            WrongCall.taking(TRIGGER, "pasid", pasid -> pasid == 1 ? 0 : pasid),
            "IOPF-006"),
        mutant(
            "page-request-of-guests-pasid-lost",
            "knows of no table of PASIDs that a guest manages",
            WrongCall.changed(
                TRIGGER, call -> call.get("pasid") == 5 ? Result.ok(0) : call.right()),
            "IOPF-007"),
        mutant(
            "page-request-lost-by-bad-buffer",
            "drops a page request that it cannot write to the reader",
            WrongKernel.without(EventStep.PutBack.class),
            "IOPF-018",
            "VEVENTQ-025"),
        mutant(
            "unreadable-answer",
            "answers EINVAL for an answer that it cannot read",
            WrongFaultQueues.write(r -> r.errno() == Errno.EFAULT ? Result.err(Errno.EINVAL) : r),
            "IOPF-023"),
        mutant(
            "unread-page-requests-kept",
            "leaves page requests of an attachment that has ended in the queue",
            WrongKernel.without(EventStep.TakeGroups.class),
            "IOPF-031",
            "IOPF-032"),
        mutant(
            "read-page-requests-kept",
            "waits for the answer to page requests of an attachment that has ended",
            WrongKernel.without(EventStep.NextCookie.class),
            "IOPF-031",
            "IOPF-032",
            "IOPF-033"),
        mutant(
            "detach-empties-the-queue",
            "answers the page requests of every device where one is detached",
            WrongKernel.above(Emptied::new),
            "IOPF-035"),
        mutant(
            "page-request-of-nobody",
            "puts a page request that no page table takes into a queue",
            WrongKernel.above(Stray::new),
            "IOPF-038"));
  }

  /** iommufd that sees one operation of the test interface go by. */
  private abstract static class Watching extends ForwardingIommufd {
    private final Processes processes;
    private final Command command;
    private boolean seen;

    Watching(Iommufd right, Processes processes, String command) {
      super(right);
      this.processes = processes;
      this.command = Uapi.linux().command(command);
    }

    final boolean seen() {
      return seen;
    }

    final Processes processes() {
      return processes;
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int number, long argument) {
      if (number == command.number()) {
        var bytes = processes.copyIn(caller.process(), argument, command.structure().size());
        seen |=
            bytes.isOk()
                && command.structure().get(bytes.value(), "op") == command.operation().orElse(-1);
      }
      return super.ioctl(caller, file, number, argument);
    }
  }

  private static final class Emptied extends Watching {
    Emptied(Iommufd right, Processes processes) {
      super(right, processes, DETACH);
    }

    @Override
    public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
      return seen() ? Result.ok(0) : super.read(caller, file, buffer, count);
    }

    @Override
    public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
      return seen() ? Result.err(Errno.EINVAL) : super.write(caller, file, buffer, count);
    }
  }

  private static final class Stray extends Watching {
    Stray(Iommufd right, Processes processes) {
      super(right, processes, TRIGGER);
    }

    @Override
    public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
      Result<Integer> result = super.read(caller, file, buffer, count);
      boolean nothing = result.isOk() && result.value() == 0;
      return seen() && nothing && count >= RECORD
          ? processes().copyOut(caller.process(), buffer, new byte[RECORD])
          : result;
    }
  }
}
