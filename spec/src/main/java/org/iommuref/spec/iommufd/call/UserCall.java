package org.iommuref.spec.iommufd.call;

import java.util.List;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.operation.Operation;

/**
 * What an implementation asks of the program while a call of it runs: its memory, that of another
 * process, its descriptors and limits.
 *
 * <p>A real program says by {@link Locate} which pages it has, and the implementation counts pins
 * itself. The suite, which makes programs up, keeps their pages: from {@link Pin} on the questions
 * are those of {@link org.iommuref.spec.iommufd.Processes} to it alone.
 *
 * @param <V> what is answered
 */
public sealed interface UserCall<V> extends Operation<V> {

  /** Every kind of question. */
  static List<Class<? extends UserCall<?>>> all() {
    return List.of(
        CopyIn.class,
        CopyOut.class,
        Locate.class,
        Install.class,
        Withdraw.class,
        Describe.class,
        MemlockLimit.class,
        Pin.class,
        PinFile.class,
        Unpin.class,
        Pins.class,
        FrameAt.class,
        ReadFrame.class,
        WriteFrame.class,
        HoldFile.class,
        ReleaseFile.class);
  }

  /** Reads memory of a process. EFAULT, with what lies before the fault. */
  record CopyIn(ProcessId process, long address, int length) implements UserCall<Bytes> {
    @Override
    public String op() {
      return "user.copy_in";
    }

    @Override
    public Class<Bytes> yields() {
      return Bytes.class;
    }
  }

  /** Writes memory of a process; yields the count. EFAULT, with the bytes written before. */
  record CopyOut(ProcessId process, long address, Bytes bytes) implements UserCall<Integer> {
    @Override
    public String op() {
      return "user.copy_out";
    }

    @Override
    public Class<Integer> yields() {
      return Integer.class;
    }
  }

  /**
   * Makes pages present and says which they are. EFAULT, with those before the first that is not
   * mapped or does not allow the access.
   *
   * @param address a multiple of the size of a page
   * @param write whether they must be writable
   */
  record Locate(ProcessId process, long address, int pages, boolean write)
      implements UserCall<Extents> {
    @Override
    public String op() {
      return "user.locate";
    }

    @Override
    public Class<Extents> yields() {
      return Extents.class;
    }
  }

  /** Pages in the order of their addresses. */
  record Extents(List<Extent> extents) {
    /** Copies the list. */
    public Extents {
      extents = extents == null ? List.of() : List.copyOf(extents);
    }
  }

  /**
   * Pages that follow one another.
   *
   * @param shared whether they are pages of a file (anonymous shared memory is one), which other
   *     processes may see; else they are the process's own
   * @param device of the file, 0 for the process's own
   * @param inode of the file, 0 for the process's own
   * @param page number of the first page: in the file, or of its address
   * @param pages how many
   */
  record Extent(boolean shared, long device, long inode, long page, int pages) {}

  /** Makes a descriptor of a file of the implementation, and yields it. EMFILE. */
  record Install(FileId file) implements UserCall<Integer> {
    @Override
    public String op() {
      return "user.install";
    }

    @Override
    public Class<Integer> yields() {
      return Integer.class;
    }
  }

  /** Takes back a descriptor that {@link Install} has just made. */
  record Withdraw(int number) implements UserCall<Done> {
    @Override
    public String op() {
      return "user.withdraw";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** What a descriptor of the program names. EBADF if nothing. */
  record Describe(int number) implements UserCall<Description> {
    @Override
    public String op() {
      return "user.describe";
    }

    @Override
    public Class<Description> yields() {
      return Description.class;
    }
  }

  /**
   * What a descriptor names.
   *
   * @param file a file of the implementation, or 0 for any other
   * @param device of any other file
   * @param inode of any other file
   * @param mappable whether it is a file of memory, whose pages can be pinned
   */
  record Description(int file, long device, long inode, boolean mappable) {}

  /** RLIMIT_MEMLOCK of a process in bytes; all ones for none. */
  record MemlockLimit(ProcessId process) implements UserCall<Long> {
    @Override
    public String op() {
      return "user.memlock_limit";
    }

    @Override
    public Class<Long> yields() {
      return Long.class;
    }
  }

  /**
   * Pins pages of a process. EFAULT, with the frames before the first page that cannot be.
   *
   * @param address a multiple of the size of a page
   * @param write whether they must be writable
   */
  record Pin(ProcessId process, long address, int pages, boolean write)
      implements UserCall<Frames> {
    @Override
    public String op() {
      return "user.pin";
    }

    @Override
    public Class<Frames> yields() {
      return Frames.class;
    }
  }

  /**
   * Pins pages of a file that {@link Describe} has named. EINVAL if it is too short.
   *
   * @param start in bytes, a multiple of the size of a page
   */
  record PinFile(long device, long inode, long start, int pages) implements UserCall<Frames> {
    @Override
    public String op() {
      return "user.pin_file";
    }

    @Override
    public Class<Frames> yields() {
      return Frames.class;
    }
  }

  /** Frames by number, in the order of their pages; adjacent numbers are adjacent frames. */
  record Frames(List<Long> frames) {
    /** Copies the list. */
    public Frames {
      frames = frames == null ? List.of() : List.copyOf(frames);
    }
  }

  /** Undoes one pin of each frame. */
  record Unpin(List<Long> frames) implements UserCall<Done> {
    /** Copies the list. */
    public Unpin {
      frames = frames == null ? List.of() : List.copyOf(frames);
    }

    @Override
    public String op() {
      return "user.unpin";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** How often a frame is pinned. */
  record Pins(long frame) implements UserCall<Integer> {
    @Override
    public String op() {
      return "user.pins";
    }

    @Override
    public Class<Integer> yields() {
      return Integer.class;
    }
  }

  /** The frame that a process sees at an address now. EFAULT if there is none. */
  record FrameAt(ProcessId process, long address) implements UserCall<Long> {
    @Override
    public String op() {
      return "user.frame";
    }

    @Override
    public Class<Long> yields() {
      return Long.class;
    }
  }

  /** Reads a frame that is pinned, whatever became of the process. */
  record ReadFrame(long frame, int offset, int length) implements UserCall<Bytes> {
    @Override
    public String op() {
      return "user.read_frame";
    }

    @Override
    public Class<Bytes> yields() {
      return Bytes.class;
    }
  }

  /** Writes a frame that is pinned. */
  record WriteFrame(long frame, int offset, Bytes bytes) implements UserCall<Done> {
    @Override
    public String op() {
      return "user.write_frame";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** Takes a reference to a file that {@link Describe} has named. */
  record HoldFile(long device, long inode) implements UserCall<Done> {
    @Override
    public String op() {
      return "user.hold";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }

  /** Drops a reference to a file. */
  record ReleaseFile(long device, long inode) implements UserCall<Done> {
    @Override
    public String op() {
      return "user.release";
    }

    @Override
    public Class<Done> yields() {
      return Done.class;
    }
  }
}
