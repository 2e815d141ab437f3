package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;

/** A command that is wrong in what it does to the pins of memory that IOAS_MAP has mapped. */
abstract class WrongMappedMemory extends WrongCall {

  private final List<Mapped> mapped;
  private final Processes processes;

  private record Mapped(ProcessId process, long address, int pages) {}

  WrongMappedMemory(Iommufd right, Processes processes, String command) {
    this(new ArrayList<>(), right, processes, command);
  }

  private WrongMappedMemory(
      List<Mapped> mapped, Iommufd right, Processes processes, String command) {
    super(new Recorder(mapped, right, processes), processes, command);
    this.mapped = mapped;
    this.processes = processes;
  }

  /** Pins all of it once more. */
  final void pinMapped() {
    for (Mapped each : mapped) {
      var ignored = processes.pin(each.process(), each.address(), each.pages(), true);
    }
  }

  /** Undoes a pin of each page that has one. */
  final void unpinMapped() {
    for (Mapped each : mapped) {
      for (int page = 0; page < each.pages(); page++) {
        long address = each.address() + (long) page * Processes.PAGE_SIZE;
        Result<Long> frame = processes.frameAt(each.process(), address);
        if (frame.isOk() && processes.pinsOf(frame.value()) > 0) {
          processes.unpin(new long[] {frame.value()});
        }
      }
    }
  }

  private static final class Recorder extends WrongCall {
    private final List<Mapped> mapped;

    Recorder(List<Mapped> mapped, Iommufd right, Processes processes) {
      super(right, processes, "IOMMU_IOAS_MAP");
      this.mapped = mapped;
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<Integer> result = right(caller, file, argument);
      Long address = get(caller, argument, "user_va");
      Long length = get(caller, argument, "length");
      if (result.isOk() && address != null && length != null) {
        int pages = (int) (length / Processes.PAGE_SIZE);
        mapped.add(new Mapped(caller.process(), address, pages));
      }
      return result;
    }
  }
}
