package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.spi.Mutant;

/** Queues of events of virtual units that are read in a wrong order, or with losses told wrong. */
final class WrongEventOrder {

  private static final int HEADER = 8;
  private static final int EVENT = 12;
  private static final int NUMBER_AT = 4;
  private static final int LOST = 1;

  private WrongEventOrder() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "events-last-first",
            "gives the last of several events first",
            read(WrongEventOrder::lastFirst),
            "VEVENTQ-011"),
        mutant(
            "first-loss-told",
            "numbers a record of loss as the first event that was lost",
            read(WrongEventOrder::numberedAsFirst),
            "VEVENTQ-014",
            "VEVENTQ-017"),
        mutant(
            "record-of-loss-stays",
            "keeps a record of loss in front of the next event",
            WrongKernel.above(
                (iommufd, processes) ->
                    new ForwardingIommufd(iommufd) {
                      private int next;

                      @Override
                      public Result<Integer> read(
                          Caller caller, FileId file, long buffer, long count) {
                        Result<Integer> result = super.read(caller, file, buffer, count);
                        int bytes = result.isOk() ? result.value() : 0;
                        if (bytes < EVENT || bytes + HEADER > count) {
                          next = bytes == EVENT ? next + 1 : next;
                          return result;
                        }
                        ByteBuffer read = wrap(processes.copyIn(caller.process(), buffer, bytes));
                        boolean gap = read.getInt(NUMBER_AT) > next;
                        next = read.getInt(NUMBER_AT) + 1;
                        return gap
                            ? processes.copyOut(caller.process(), buffer, behindLoss(read))
                            : result;
                      }
                    }),
            "VEVENTQ-015"));
  }

  /** What is read is changed; its length stays. */
  private static WrongKernel read(UnaryOperator<ByteBuffer> other) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new ForwardingIommufd(iommufd) {
              @Override
              public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
                Result<Integer> result = super.read(caller, file, buffer, count);
                int bytes = result.isOk() ? result.value() : 0;
                if (bytes > EVENT) {
                  ByteBuffer read = wrap(processes.copyIn(caller.process(), buffer, bytes));
                  var ignored =
                      processes.copyOut(caller.process(), buffer, other.apply(read).array());
                }
                return result;
              }
            });
  }

  private static ByteBuffer wrap(Result<byte[]> bytes) {
    return ByteBuffer.wrap(bytes.value()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer lastFirst(ByteBuffer read) {
    if (read.capacity() % EVENT != 0) {
      return read;
    }
    ByteBuffer turned = ByteBuffer.allocate(read.capacity());
    for (int at = read.capacity() - EVENT; at >= 0; at -= EVENT) {
      turned.put(read.slice(at, EVENT));
    }
    return turned;
  }

  private static ByteBuffer numberedAsFirst(ByteBuffer read) {
    int last = read.capacity() - HEADER;
    return read.getInt(last) == LOST
        ? read.putInt(last + NUMBER_AT, read.getInt(last - EVENT + NUMBER_AT) + 1)
        : read;
  }

  private static byte[] behindLoss(ByteBuffer read) {
    return ByteBuffer.allocate(HEADER + read.capacity())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(LOST)
        .putInt(read.getInt(NUMBER_AT) - 1)
        .put(read.slice(0, read.capacity()))
        .array();
  }
}
