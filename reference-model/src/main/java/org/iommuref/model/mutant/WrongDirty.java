package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** Dirty tracking, wrong where no list of checks says what is right. */
final class WrongDirty {

  private static final String SET = "IOMMU_HWPT_SET_DIRTY_TRACKING";
  private static final String GET = "IOMMU_HWPT_GET_DIRTY_BITMAP";
  private static final String DIRTY = "IOMMU_TEST_OP_DIRTY";
  private static final int NO_CLEAR = 1;

  private WrongDirty() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "tracking-begins-dirty",
            "leaves marks where tracking is on already",
            WrongKernel.above((right, processes) -> new SecondSet(right, processes, null)),
            "DIRTY-004"),
        mutant(
            "tracking-never-begins",
            "turns no tracking on",
            WrongCall.doingNothing(SET),
            "DIRTY-005"),
        mutant(
            "tracking-as-it-is-refused",
            "refuses what is already as asked",
            WrongKernel.above((right, processes) -> new SecondSet(right, processes, Errno.EEXIST)),
            "DIRTY-007"),
        mutant(
            "dirty-page-size-rounded-down",
            "takes a page size for the largest power of two in it",
            WrongCall.taking(GET, "page_size", Long::highestOneBit),
            "DIRTY-015"),
        mutant(
            "dirty-bits-from-the-left",
            "counts bits from the highest of a byte",
            WrongKernel.above(BitsReversed::new),
            "DIRTY-018"),
        mutant("dirty-nothing", "reports no page", WrongCall.doingNothing(GET), "DIRTY-019"),
        mutant(
            "dirty-hidden-by-cache",
            "lets later writes pass by an entry that was cached before a query",
            WrongKernel.above(WrongDirty::hiding),
            "DIRTY-030"),
        mutant(
            "dirty-bits-cleared",
            "clears the bitmap before it reports",
            WrongKernel.above(BitmapCleared::new),
            "DIRTY-020"),
        mutant(
            "dirty-bitmap-aligned",
            "takes the bitmap to begin at a multiple of 8",
            WrongCall.taking(GET, "data", data -> data & -8),
            "DIRTY-021"),
        mutant(
            "dirty-behind-holes",
            "goes on behind a hole",
            WrongKernel.above(PageByPage::new),
            "DIRTY-022"),
        mutant(
            "dirty-bitmap-fault",
            "fails if the bitmap cannot be written",
            WrongKernel.above(RefusesBitmap::new),
            "DIRTY-023"),
        mutant(
            "dirty-while-tracking",
            "reports nothing while tracking is off",
            WrongKernel.above(NothingWhileOff::new),
            "DIRTY-024"),
        mutant(
            "dirty-part-stays",
            "clears no entry of which a part is asked for",
            WrongKernel.above(PartsStay::new),
            "DIRTY-026"),
        mutant(
            "dirty-entries-alone",
            "reports the first page of a bit for all of it",
            WrongCall.taking(GET, "length", length -> Math.min(length, Processes.PAGE_SIZE)),
            "DIRTY-028"),
        mutant(
            "dirty-stays",
            "clears nothing",
            WrongCall.taking(GET, "flags", flags -> flags | NO_CLEAR),
            "DIRTY-029"),
        mutant(
            "dirty-always-clears",
            "clears with NO_CLEAR too",
            WrongCall.taking(GET, "flags", flags -> flags & ~NO_CLEAR),
            "DIRTY-031"),
        mutant(
            "dirty-after-unmap",
            "keeps the marks of what is unmapped",
            WrongKernel.above(MarksStay::new),
            "DIRTY-032"),
        mutant(
            "tracked-by-any-device",
            "attaches devices that cannot be tracked",
            WrongCall.forgiving("IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS", Errno.EINVAL),
            "DIRTY-033"),
        mutant(
            "dirty-counts-from-one",
            "counts a page too many",
            WrongCall.answering(DIRTY, "out_nr_dirty", count -> count + 1),
            "DIRTY-034"));
  }

  /** A second SET like the first does nothing, or fails. */
  /** What is written behind the first query that clears is not marked. */
  private static Iommufd hiding(Iommufd right, Processes processes) {
    boolean[] asked = new boolean[1];
    WrongCall asking =
        WrongCall.of(
            right,
            processes,
            GET,
            call -> {
              asked[0] |= call.get("flags") == 0;
              return call.right();
            });
    return WrongCall.of(
        asking,
        processes,
        "IOMMU_TEST_OP_DIRTY",
        call -> {
          Result<Integer> result = call.right();
          if (asked[0]) {
            Map<String, Long> query = new HashMap<>();
            query.put("hwpt_id", call.get("id"));
            query.put("iova", call.get("iova"));
            query.put("length", call.get("length"));
            query.put("page_size", call.get("page_size"));
            query.put("data", call.get("uptr"));
            call.also(GET, query);
          }
          return result;
        });
  }

  private static final class SecondSet extends WrongCall {
    private final @Nullable Errno errno;
    private long last;

    SecondSet(Iommufd right, Processes processes, @Nullable Errno errno) {
      super(right, processes, SET);
      this.errno = errno;
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Long flags = get(caller, argument, "flags");
      if (flags != null && flags == last) {
        return errno == null ? Result.ok(0) : Result.err(errno);
      }
      last = flags == null ? last : flags;
      return right(caller, file, argument);
    }
  }

  /** A query that does something to its bitmap. */
  private abstract static class WrongQuery extends WrongCall {
    private final Processes processes;

    WrongQuery(Iommufd right, Processes processes) {
      super(right, processes, GET);
      this.processes = processes;
    }

    final long field(Caller caller, long argument, String field) {
      Long value = get(caller, argument, field);
      return value == null ? 0 : value;
    }

    final long pages(Caller caller, long argument) {
      long size = field(caller, argument, "page_size");
      return size == 0 ? 0 : field(caller, argument, "length") / size;
    }

    /** The byte of the bitmap for eight pages; 0 if it cannot be read. */
    final int bits(Caller caller, long argument, int index) {
      long data = field(caller, argument, "data");
      Result<byte[]> read = processes.copyIn(caller.process(), data + index, 1);
      return read.isOk() ? read.value()[0] & 0xff : 0;
    }

    final void setBits(Caller caller, long argument, int index, int bits) {
      long data = field(caller, argument, "data");
      var ignored = processes.copyOut(caller.process(), data + index, new byte[] {(byte) bits});
    }

    final boolean reaches(Caller caller, long argument, long index) {
      long data = field(caller, argument, "data");
      return processes.copyIn(caller.process(), data + index, 1).isOk();
    }
  }

  private static final class BitsReversed extends WrongQuery {
    BitsReversed(Iommufd right, Processes processes) {
      super(right, processes);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<Integer> result = right(caller, file, argument);
      for (int index = 0; index < 4; index++) {
        int reversed = Integer.reverse(bits(caller, argument, index)) >>> 24;
        setBits(caller, argument, index, reversed);
      }
      return result;
    }
  }

  private static final class BitmapCleared extends WrongQuery {
    BitmapCleared(Iommufd right, Processes processes) {
      super(right, processes);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      setBits(caller, argument, 0, 0);
      return right(caller, file, argument);
    }
  }

  /** Asks for each of the first eight pages by itself. */
  private static final class PageByPage extends WrongQuery {
    PageByPage(Iommufd right, Processes processes) {
      super(right, processes);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<Integer> result = right(caller, file, argument);
      long iova = field(caller, argument, "iova");
      long length = field(caller, argument, "length");
      long size = field(caller, argument, "page_size");
      long pages = Math.min(pages(caller, argument), 8);
      set(caller, argument, "length", size);
      for (int page = 0; page < pages; page++) {
        int before = bits(caller, argument, 0);
        setBits(caller, argument, 0, 0);
        set(caller, argument, "iova", iova + page * size);
        var ignored = right(caller, file, argument);
        setBits(caller, argument, 0, before | bits(caller, argument, 0) << page);
      }
      set(caller, argument, "iova", iova);
      set(caller, argument, "length", length);
      return result;
    }
  }

  private static final class RefusesBitmap extends WrongQuery {
    RefusesBitmap(Iommufd right, Processes processes) {
      super(right, processes);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      return reaches(caller, argument, (pages(caller, argument) - 1) / 8)
          ? right(caller, file, argument)
          : Result.err(Errno.EFAULT);
    }
  }

  private static final class PartsStay extends WrongQuery {
    PartsStay(Iommufd right, Processes processes) {
      super(right, processes);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      if (field(caller, argument, "length") < Processes.PAGE_SIZE) {
        set(caller, argument, "flags", NO_CLEAR);
      }
      return right(caller, file, argument);
    }
  }

  private static final class NothingWhileOff extends WrongQuery {
    private final NotesTracking tracking;

    NothingWhileOff(Iommufd right, Processes processes) {
      this(new NotesTracking(right, processes), processes);
    }

    private NothingWhileOff(NotesTracking tracking, Processes processes) {
      super(tracking, processes);
      this.tracking = tracking;
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      return tracking.isOn ? right(caller, file, argument) : Result.ok(0);
    }
  }

  private static final class NotesTracking extends WrongCall {
    private boolean isOn;

    NotesTracking(Iommufd right, Processes processes) {
      super(right, processes, SET);
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Long flags = get(caller, argument, "flags");
      isOn = flags != null && flags != 0;
      return right(caller, file, argument);
    }
  }

  /** A query comes after the last write has been made once more. */
  private static final class MarksStay extends WrongQuery {
    private static final int TEST = 0x3ba0;
    private final NotesWrites writes;
    private final Processes processes;

    MarksStay(Iommufd right, Processes processes) {
      this(new NotesWrites(right, processes), processes);
    }

    private MarksStay(NotesWrites writes, Processes processes) {
      super(writes, processes);
      this.writes = writes;
      this.processes = processes;
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      byte[] write = writes.last;
      Result<byte[]> query = processes.copyIn(caller.process(), argument, 48);
      if (write != null && query.isOk()) {
        put(caller, argument, write);
        var ignored = writes.ioctl(caller, file, TEST, argument);
        put(caller, argument, query.value());
      }
      return right(caller, file, argument);
    }

    private void put(Caller caller, long address, byte[] bytes) {
      var ignored = processes.copyOut(caller.process(), address, bytes);
    }
  }

  private static final class NotesWrites extends WrongCall {
    private final Processes processes;
    private byte @Nullable [] last;

    NotesWrites(Iommufd right, Processes processes) {
      super(right, processes, DIRTY);
      this.processes = processes;
    }

    @Override
    Result<Integer> call(Caller caller, FileId file, long argument) {
      Result<byte[]> structure = processes.copyIn(caller.process(), argument, 72);
      last = structure.isOk() ? structure.value() : last;
      return right(caller, file, argument);
    }
  }
}
