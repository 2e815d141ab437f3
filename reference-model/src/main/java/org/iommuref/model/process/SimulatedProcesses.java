package org.iommuref.model.process;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/**
 * Processes that exist only here, with memory that can be read, written, pinned and taken away.
 *
 * <p>Addresses and lengths are in bytes. Mappings begin and end at page boundaries. Not for use by
 * more than one thread.
 */
public final class SimulatedProcesses implements Processes {

  /** Memory that a user may lock, of a process that was started without a limit. */
  public static final long UNLIMITED = -1L;

  private static final int PAGE_SHIFT = 12;

  private final Frames frames = new Frames();
  private final TreeMap<ProcessId, SimulatedProcess> processes = new TreeMap<>();
  private final Map<Long, MemoryFile> files = new HashMap<>();
  private final Map<Long, Integer> references = new HashMap<>();
  private int lastProcess;
  private long lastFile;

  /** Starts a process with nothing in it. */
  public ProcessId start(int user) {
    return add(new SimulatedProcess(user, new AddressSpace(frames), UNLIMITED));
  }

  /** fork(2): a child with a copy of the memory and the same files open. */
  public ProcessId fork(ProcessId parent) {
    SimulatedProcess forked = process(parent);
    SimulatedProcess child =
        new SimulatedProcess(forked.user(), forked.memory().forked(), forked.memlock());
    forked
        .descriptors()
        .forEach(
            (number, descriptor) -> {
              child.descriptors().put(number, descriptor);
              if (descriptor instanceof Descriptor.Other other) {
                hold(other.file());
              }
            });
    return add(child);
  }

  /**
   * Ends a process: its memory and descriptors are gone. Files of the implementation of which this
   * closed the last descriptor are to be closed by the caller, who finds them by {@link #isOpen}.
   */
  public void exit(ProcessId process) {
    SimulatedProcess ended = process(process);
    for (int number : ended.descriptors().keySet().toArray(Integer[]::new)) {
      var ignored = close(process, number);
    }
    ended.memory().free();
    processes.remove(process);
  }

  /** The process as a caller of seam 3. */
  public Caller caller(ProcessId process, Caller.Right... rights) {
    return new Caller(process, process(process).user(), Set.copyOf(Arrays.asList(rights)));
  }

  /** Maps anonymous memory, each page in a frame of its own when it is touched. */
  public void mapAnonymous(ProcessId process, long address, long length, boolean writable) {
    space(process)
        .map(new Mapping(page(address), page(address + length), writable, false, null, 0));
  }

  /** Maps anonymous memory that is there at once, in frames with adjacent numbers. */
  public void mapHuge(ProcessId process, long address, long length) {
    mapAnonymous(process, address, length, true);
    int count = (int) (length >>> PAGE_SHIFT);
    long first = frames.takeAdjacent(count);
    for (int index = 0; index < count; index++) {
      space(process).place(page(address) + index, first + index);
    }
  }

  /** Maps a file of memory from a page of it on; a private mapping of it is written to copies. */
  public void mapFile(
      ProcessId process, long address, long length, int descriptor, long offset, boolean shared) {
    space(process)
        .map(
            new Mapping(
                page(address),
                page(address + length),
                true,
                shared,
                fileOf(process, descriptor),
                page(offset)));
  }

  /** munmap(2). */
  public void unmap(ProcessId process, long address, long length) {
    space(process).unmap(page(address), page(address + length));
  }

  /** memfd_create(2) and ftruncate(2): a descriptor of a file of memory. */
  public int memoryFile(ProcessId process, long size) {
    long key = ++lastFile;
    files.put(key, new MemoryFile(frames, size));
    return give(process, new UserFile(key, true));
  }

  /** A descriptor of a file that is not of memory. */
  public int otherFile(ProcessId process) {
    return give(process, new UserFile(++lastFile, false));
  }

  /** ftruncate(2) of a file of memory. */
  public void truncate(ProcessId process, int descriptor, long size) {
    fileOf(process, descriptor).truncate(size);
  }

  /** close(2); returns the file of the implementation of which this was the last descriptor. */
  public Optional<FileId> close(ProcessId process, int number) {
    Descriptor gone = process(process).descriptors().remove(number);
    if (gone instanceof Descriptor.Other other) {
      release(other.file());
    }
    return gone instanceof Descriptor.Ours ours && !isOpen(ours.file())
        ? Optional.of(ours.file())
        : Optional.empty();
  }

  /** Whether some process has a descriptor of the file. */
  public boolean isOpen(FileId file) {
    return processes.values().stream()
        .flatMap(process -> process.descriptors().values().stream())
        .anyMatch(descriptor -> descriptor.equals(new Descriptor.Ours(file)));
  }

  /** The files of the implementation of which a process has descriptors, each once. */
  public List<FileId> files(ProcessId process) {
    return process(process).descriptors().values().stream()
        .filter(Descriptor.Ours.class::isInstance)
        .map(descriptor -> ((Descriptor.Ours) descriptor).file())
        .distinct()
        .toList();
  }

  /** Sets RLIMIT_MEMLOCK in bytes. */
  public void limitMemlock(ProcessId process, long bytes) {
    process(process).limitMemlock(bytes);
  }

  /** Sets RLIMIT_NOFILE. */
  public void limitDescriptors(ProcessId process, int count) {
    process(process).limitDescriptors(count);
  }

  /** The memory of a process, as it reads it itself. */
  public byte[] read(ProcessId process, long address, int length) {
    return copyIn(process, address, length).value();
  }

  /** Writes memory of a process, as it does itself. */
  public void write(ProcessId process, long address, byte[] bytes) {
    Objects.requireNonNull(copyOut(process, address, bytes).value());
  }

  /** How many pins there are on all frames. */
  public long allPins() {
    return frames.allPins();
  }

  @Override
  public Result<byte[]> copyIn(ProcessId process, long address, int length) {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      Long frame = touched(process, address + done, false);
      if (frame == null) {
        return Result.err(Errno.EFAULT, Arrays.copyOf(bytes, done));
      }
      int offset = offset(address + done);
      int part = Math.min(length - done, PAGE_SIZE - offset);
      System.arraycopy(frames.bytes(frame), offset, bytes, done, part);
      done += part;
    }
    return Result.ok(bytes);
  }

  @Override
  public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      Long frame = touched(process, address + done, true);
      if (frame == null) {
        return Result.err(Errno.EFAULT, done);
      }
      int offset = offset(address + done);
      int part = Math.min(bytes.length - done, PAGE_SIZE - offset);
      System.arraycopy(bytes, done, frames.bytes(frame), offset, part);
      done += part;
    }
    return Result.ok(done);
  }

  @Override
  public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
    SimulatedProcess pinned = processes.get(process);
    if (pinned == null) {
      return Result.err(Errno.EFAULT, new long[0]);
    }
    long[] taken = new long[pages];
    for (int index = 0; index < pages; index++) {
      Long frame = pinned.memory().touchForPin(page(address) + index, write);
      if (frame == null) {
        return Result.err(Errno.EFAULT, Arrays.copyOf(taken, index));
      }
      frames.pin(frame);
      taken[index] = frame;
    }
    return Result.ok(taken);
  }

  @Override
  public Result<long[]> pinFile(UserFile file, long start, int pages) {
    MemoryFile memory = files.get(file.key());
    long last = start + (long) pages * PAGE_SIZE - 1;
    if (memory == null || start < 0 || last < start || last >= memory.size()) {
      return Result.err(Errno.EINVAL);
    }
    long[] taken = new long[pages];
    for (int index = 0; index < pages; index++) {
      taken[index] = Objects.requireNonNull(memory.page(page(start) + index));
      frames.pin(taken[index]);
    }
    return Result.ok(taken);
  }

  @Override
  public void unpin(long[] unpinned) {
    for (long frame : unpinned) {
      frames.unpin(frame);
    }
  }

  @Override
  public int pinsOf(long frame) {
    return frames.pins(frame);
  }

  @Override
  public Result<Long> frameAt(ProcessId process, long address) {
    Long frame = touched(process, address, false);
    return frame == null ? Result.err(Errno.EFAULT) : Result.ok(frame);
  }

  @Override
  public byte[] readFrame(long frame, int offset, int length) {
    return Arrays.copyOfRange(frames.bytes(frame), offset, offset + length);
  }

  @Override
  public void writeFrame(long frame, int offset, byte[] bytes) {
    System.arraycopy(bytes, 0, frames.bytes(frame), offset, bytes.length);
  }

  @Override
  public boolean isAlive(ProcessId process) {
    return processes.containsKey(process);
  }

  @Override
  public long memlockLimit(ProcessId process) {
    SimulatedProcess limited = processes.get(process);
    return limited == null ? UNLIMITED : limited.memlock();
  }

  @Override
  public Result<Integer> install(ProcessId process, FileId file) {
    int number = process(process).lowestFree();
    if (number < 0) {
      return Result.err(Errno.EMFILE);
    }
    process(process).descriptors().put(number, new Descriptor.Ours(file));
    return Result.ok(number);
  }

  @Override
  public void withdraw(ProcessId process, int number) {
    process(process).descriptors().remove(number);
  }

  @Override
  public Descriptor descriptor(ProcessId process, int number) {
    return process(process).descriptors().getOrDefault(number, new Descriptor.Closed());
  }

  @Override
  public void hold(UserFile file) {
    references.merge(file.key(), 1, Integer::sum);
  }

  @Override
  public void release(UserFile file) {
    int left = references.merge(file.key(), -1, Integer::sum);
    if (left == 0) {
      references.remove(file.key());
      files.remove(file.key()); // whoever has it mapped still has its pages
    }
  }

  private int give(ProcessId process, UserFile file) {
    int number = process(process).lowestFree();
    process(process).descriptors().put(number, new Descriptor.Other(file));
    hold(file);
    return number;
  }

  private MemoryFile fileOf(ProcessId process, int descriptor) {
    MemoryFile memory =
        descriptor(process, descriptor) instanceof Descriptor.Other other
            ? files.get(other.file().key())
            : null;
    if (memory == null) {
      throw new IllegalArgumentException(descriptor + " is no descriptor of a file of memory");
    }
    return memory;
  }

  private ProcessId add(SimulatedProcess process) {
    ProcessId id = new ProcessId(++lastProcess);
    processes.put(id, process);
    return id;
  }

  private SimulatedProcess process(ProcessId id) {
    SimulatedProcess process = processes.get(id);
    if (process == null) {
      throw new IllegalStateException(id + " has ended");
    }
    return process;
  }

  private AddressSpace space(ProcessId id) {
    return process(id).memory();
  }

  private @Nullable Long touched(ProcessId id, long address, boolean write) {
    SimulatedProcess process = processes.get(id);
    return process == null ? null : process.memory().touch(page(address), write);
  }

  private static long page(long address) {
    return address >>> PAGE_SHIFT;
  }

  private static int offset(long address) {
    return (int) (address & (PAGE_SIZE - 1));
  }
}
