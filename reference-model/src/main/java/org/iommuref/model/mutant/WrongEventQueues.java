package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongFaultQueues.poll;
import static org.iommuref.model.mutant.WrongFaultQueues.read;
import static org.iommuref.model.mutant.WrongFaultQueues.write;

import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.spi.Mutant;

/** Queues of events of virtual units, wrong where no list of checks says what is right. */
final class WrongEventQueues {

  private static final String ALLOC = "IOMMU_VEVENTQ_ALLOC";
  private static final String TRIGGER = "IOMMU_TEST_OP_TRIGGER_VEVENT";
  private static final int HEADER = 8;
  private static final int EVENT = 12;
  private static final int NUMBER_AT = 4;

  private WrongEventQueues() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "event-queue-of-known-types",
            "refuses a queue of a type that the driver never reports",
            WrongCall.taking(ALLOC, "type", type -> type == 5 ? 0 : type),
            "VEVENTQ-006"),
        mutant(
            "event-queue-without-file",
            "gives a descriptor that is no event queue",
            WrongCall.answering(ALLOC, "out_veventq_fd", fd -> 0),
            "VEVENTQ-007"),
        mutant(
            "event-queue-answer-lost",
            "does not notice that the answer of VEVENTQ_ALLOC was not written",
            WrongCall.forgiving(ALLOC, Errno.EFAULT),
            "VEVENTQ-008"),
        mutant("event-numbers", "counts events from 1", changed(NUMBER_AT), "VEVENTQ-009"),
        mutant("event-data", "changes the data of an event", changed(HEADER), "VEVENTQ-010"),
        mutant(
            "event-without-queue",
            "tells the driver that an event without a queue was taken",
            WrongCall.forgiving(TRIGGER, Errno.EOPNOTSUPP),
            "VEVENTQ-012"),
        mutant(
            "lost-event-not-told",
            "does not tell of a lost event behind another",
            read(r -> r.isOk() && r.value() == EVENT + HEADER ? Result.ok(EVENT) : r),
            "VEVENTQ-013"),
        mutant(
            "lost-event-with-data",
            "gives a lost event data",
            read(r -> r.isOk() && r.value() == HEADER ? Result.ok(EVENT) : r),
            "VEVENTQ-016"),
        mutant(
            "event-never-reported",
            "reports no event",
            WrongCall.doingNothing(TRIGGER),
            "VEVENTQ-019"),
        mutant(
            "event-that-does-not-fit",
            "answers 0 where the first event does not fit",
            read(r -> r.errno() == Errno.EINVAL ? Result.ok(0) : r),
            "VEVENTQ-021",
            "VEVENTQ-023"),
        mutant(
            "empty-event-queue-again",
            "answers EAGAIN where nothing waits",
            read(r -> r.isOk() && r.value() == 0 ? Result.err(Errno.EAGAIN) : r),
            "VEVENTQ-022"),
        mutant(
            "events-all-or-nothing",
            "fails where not the whole buffer is filled",
            WrongKernel.above(
                (iommufd, processes) ->
                    new ForwardingIommufd(iommufd) {
                      @Override
                      public Result<Integer> read(
                          Caller caller, FileId file, long buffer, long count) {
                        Result<Integer> result = super.read(caller, file, buffer, count);
                        boolean part =
                            result.isOk() && result.value() > 0 && result.value() < count;
                        return part ? Result.err(Errno.EINVAL) : result;
                      }
                    }),
            "VEVENTQ-024"),
        mutant(
            "event-queue-written",
            "takes what is written to an event queue",
            write(r -> r.errno() == Errno.EINVAL ? Result.ok(HEADER) : r),
            "VEVENTQ-027"),
        mutant(
            "event-queue-always-readable",
            "says that something waits",
            poll(true, false),
            "VEVENTQ-028"),
        mutant(
            "event-queue-not-destroyed",
            "answers EBUSY for the DESTROY of a queue that nobody holds",
            WrongCall.failing("IOMMU_DESTROY", Errno.EBUSY),
            "VEVENTQ-030"));
  }

  /** One byte of the first record that is read is one more. */
  private static WrongKernel changed(int at) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new ForwardingIommufd(iommufd) {
              @Override
              public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
                Result<Integer> result = super.read(caller, file, buffer, count);
                if (result.isOk() && result.value() > at) {
                  byte[] one = processes.copyIn(caller.process(), buffer + at, 1).value();
                  one[0]++;
                  var ignored = processes.copyOut(caller.process(), buffer + at, one);
                }
                return result;
              }
            });
  }
}
