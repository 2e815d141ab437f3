package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.model.iommufd.pages.PageStep;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;

/** Pins of memory, wrong in when they are taken and given back. */
final class WrongPins {

  private static final String MAP = "IOMMU_IOAS_MAP";
  private static final String DOMAIN = "IOMMU_TEST_OP_MOCK_DOMAIN";

  private WrongPins() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "look-up-for-pin",
            "looks up the pages of a mapping without pinning them",
            WrongKernel.below(NotPinned::new),
            "PIN-001"),
        mutant(
            "pin-for-each-device",
            "pins what is mapped again for each device",
            WrongKernel.above(PinsForEachDevice::new),
            "PIN-002"),
        mutant(
            "never-unpin",
            "unpins nothing",
            WrongSteps.without(PageStep.DropUnneeded.class),
            "PIN-003",
            "PIN-018",
            "ACC-020",
            "ACC-023"),
        mutant(
                "unpin-neighbour",
                "unpins the first page twice and the last one not, where another mapping has both",
                WrongKernel.below(NeighbourUnpinned::new),
                "PIN-005",
                "PIN-007")
            .ofRaces("R123"),
        mutant(
            "unpin-with-any-object",
            "unpins what is mapped with any object that is destroyed",
            WrongKernel.above(
                (right, processes) -> new WrongAccess.UnpinsOn(right, processes, "IOMMU_DESTROY")),
            "PIN-004",
            "PIN-006"),
        mutant(
            "need-not-noted",
            "does not note who needs pages: whoever lets go of some unpins them",
            WrongSteps.without(
                step -> step instanceof PageStep.NeedPages || step instanceof PageStep.ForgetNeed),
            "PIN-006"),
        mutant(
            "pin-once",
            "pins memory once, however many mappings it has",
            WrongKernel.below(PinnedOnce::new),
            "PIN-007"),
        mutant(
            "whole-pages-alone",
            "leaves out the page in which a mapping ends",
            WrongCall.taking(MAP, "length", length -> length & -Processes.PAGE_SIZE),
            "PIN-008"),
        mutant(
            "map-holes",
            "lets IOAS_MAP pass over memory that is not there",
            WrongCall.forgiving(MAP, Errno.EFAULT),
            "PIN-009"),
        mutant(
            "pin-to-read",
            "pins to read what devices are to write",
            WrongKernel.below(PinnedToRead::new),
            "PIN-010"),
        mutant(
            "read-pins-share",
            "leaves pages that are only read shared with other processes",
            WrongKernel.below(SharedWhenRead::new),
            "PIN-011"),
        mutant(
            "unpin-at-exit",
            "unpins the memory of a process that ends",
            WrongSystem.of(UnpinsAtExit::new),
            "PIN-022"));
  }

  /** Frames that are handed out as pinned, and are not. */
  private abstract static class HandedOut extends ForwardingProcesses {
    private final Processes right;
    private final Map<Long, Integer> unpinned = new HashMap<>();

    HandedOut(Processes right) {
      super(right);
      this.right = right;
    }

    final Result<long[]> handOut(ProcessId process, long address, int pages) {
      long[] frames = new long[pages];
      for (int page = 0; page < pages; page++) {
        Result<Long> frame = right.frameAt(process, address + (long) page * PAGE_SIZE);
        if (!frame.isOk()) {
          return Result.err(Errno.EFAULT);
        }
        frames[page] = frame.value();
      }
      for (long frame : frames) {
        unpinned.merge(frame, 1, Integer::sum);
      }
      return Result.ok(frames);
    }

    @Override
    public void unpin(long[] frames) {
      for (long frame : frames) {
        if (unpinned.getOrDefault(frame, 0) > 0) {
          unpinned.merge(frame, -1, Integer::sum);
        } else {
          super.unpin(new long[] {frame});
        }
      }
    }
  }

  private static final class NotPinned extends HandedOut {
    NotPinned(Processes right) {
      super(right);
    }

    @Override
    public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
      return handOut(process, address, pages);
    }
  }

  private static final class SharedWhenRead extends HandedOut {
    SharedWhenRead(Processes right) {
      super(right);
    }

    @Override
    public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
      return write ? super.pin(process, address, pages, true) : handOut(process, address, pages);
    }
  }

  private static final class PinnedOnce extends HandedOut {
    PinnedOnce(Processes right) {
      super(right);
    }

    @Override
    public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
      Result<Long> frame = frameAt(process, address);
      return frame.isOk() && pinsOf(frame.value()) > 0
          ? handOut(process, address, pages)
          : super.pin(process, address, pages, write);
    }
  }

  private static final class NeighbourUnpinned extends ForwardingProcesses {
    NeighbourUnpinned(Processes right) {
      super(right);
    }

    @Override
    public void unpin(long[] frames) {
      long[] other = frames.clone();
      if (frames.length > 1 && pinsOf(frames[0]) > 1) {
        other[frames.length - 1] = frames[0];
      }
      super.unpin(other);
    }
  }

  private static final class PinnedToRead extends ForwardingProcesses {
    PinnedToRead(Processes right) {
      super(right);
    }

    @Override
    public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
      return super.pin(process, address, pages, false);
    }
  }

  private static final class PinsForEachDevice extends WrongMappedMemory {
    private int devices;

    PinsForEachDevice(Iommufd right, Processes processes) {
      super(right, processes, DOMAIN);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<Integer> result = right(caller, file, argument);
      if (result.isOk() && devices++ > 0) {
        pinMapped();
      }
      return result;
    }
  }

  private static final class UnpinsAtExit extends WrongSystem {
    private final Map<ProcessId, List<Long>> pinned = new HashMap<>();

    @Override
    Processes below(Processes processes) {
      return new ForwardingProcesses(processes) {
        @Override
        public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
          Result<long[]> frames = super.pin(process, address, pages, write);
          if (frames.isOk()) {
            List<Long> all = pinned.computeIfAbsent(process, unknown -> new ArrayList<>());
            for (long frame : frames.value()) {
              all.add(frame);
            }
          }
          return frames;
        }
      };
    }

    @Override
    Iommufd above(Iommufd iommufd, Processes processes) {
      return new ForwardingIommufd(iommufd) {
        @Override
        public void exited(ProcessId process) {
          super.exited(process);
          pinned
              .getOrDefault(process, List.of())
              .forEach(frame -> processes.unpin(new long[] {frame}));
        }
      };
    }
  }
}
