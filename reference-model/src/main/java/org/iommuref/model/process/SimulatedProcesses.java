package org.iommuref.model.process;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;

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
  private final UserFiles files = new UserFiles(frames);
  private int lastProcess;

  /** Starts a process with nothing in it. */
  public ProcessId start(int user) {
    return add(new SimulatedProcess(user, new AddressSpace(frames), UNLIMITED));
  }

  /** fork(2): a child with a copy of the memory and the same files open. */
  public ProcessId fork(ProcessId parent) {
    SimulatedProcess forked = process(parent);
    SimulatedProcess child = forked.withMemory(forked.memory().forked());
    forked.descriptors().values().stream()
        .filter(Descriptor.Other.class::isInstance)
        .forEach(descriptor -> hold(((Descriptor.Other) descriptor).file()));
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
        .map(Mapping.ofMemory(page(address), pageBehind(address + length), writable, false));
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
      ProcessId process,
      long address,
      long length,
      int descriptor,
      long offset,
      boolean writable,
      boolean shared) {
    MemoryFile file = fileOf(process, descriptor);
    long end = pageBehind(address + length);
    space(process).map(Mapping.ofFile(page(address), end, writable, shared, file, page(offset)));
  }

  /** Maps frames of the kernel with what each holds. They cannot be pinned. */
  public void mapRegion(
      ProcessId process,
      long address,
      boolean writable,
      MappedRegion region,
      long[] numbers,
      LongFunction<byte[]> content) {
    long first = page(address);
    space(process).map(Mapping.ofRegion(first, first + numbers.length, writable, region));
    for (int index = 0; index < numbers.length; index++) {
      frames.adopt(numbers[index], content.apply(numbers[index]));
      space(process).place(first + index, numbers[index]);
    }
  }

  /** The regions that processes have mapped, once for each mapping. */
  public List<MappedRegion> regions() {
    return processes.values().stream().flatMap(p -> p.memory().regions().stream()).toList();
  }

  /** Whether anything is mapped in a range. */
  public boolean isMapped(ProcessId process, long address, long length) {
    return space(process).isMapped(page(address), pageBehind(address + length));
  }

  /** mprotect(2): false if not all of the range is mapped. */
  public boolean protect(ProcessId process, long address, long length, boolean writable) {
    return space(process).protect(page(address), pageBehind(address + length), writable);
  }

  /** munmap(2). */
  public void unmap(ProcessId process, long address, long length) {
    space(process).unmap(page(address), pageBehind(address + length));
  }

  /** memfd_create(2) and ftruncate(2): a descriptor of a file of memory. */
  public int memoryFile(ProcessId process, long size) {
    return give(process, files.ofMemory(size, false));
  }

  /** The same, sealed against writing; its descriptor is for reading alone. */
  public int sealedFile(ProcessId process, long size) {
    return give(process, files.ofMemory(size, true));
  }

  /** Whether a descriptor names a file of memory that is sealed against writing. */
  public boolean isSealed(ProcessId process, int descriptor) {
    return fileOf(process, descriptor).isSealed();
  }

  /** A descriptor of a file that is not of memory. */
  public int otherFile(ProcessId process) {
    return give(process, files.other());
  }

  /** ftruncate(2) of a file of memory. */
  public void truncate(ProcessId process, int descriptor, long size) {
    MemoryFile file = fileOf(process, descriptor);
    file.truncate(size);
    processes.values().forEach(p -> p.memory().truncated(file, MemoryFile.pagesIn(size)));
  }

  /** dup(2): the lowest free descriptor, which outlives {@link #exec}. EMFILE, EBADF. */
  public Result<Integer> duplicate(ProcessId process, int descriptor) {
    Descriptor open = descriptor(process, descriptor);
    int number = process(process).lowestFree();
    if (open instanceof Descriptor.Closed || number < 0) {
      return Result.err(open instanceof Descriptor.Closed ? Errno.EBADF : Errno.EMFILE);
    }
    process(process).put(number, open, false);
    if (open instanceof Descriptor.Other other) {
      hold(other.file());
    }
    return Result.ok(number);
  }

  /** Lets a descriptor of the implementation outlive {@link #exec}, as open(2) does. */
  public void keepOnExec(ProcessId process, int descriptor) {
    process(process).put(descriptor, descriptor(process, descriptor), false);
  }

  /**
   * execve(2): a process with other memory takes the place of one, with its descriptors but for
   * those that the implementation has installed.
   */
  public ProcessId exec(ProcessId process) {
    SimulatedProcess before = process(process);
    for (int number : before.closedOnExec()) {
      var ignored = close(process, number);
    }
    before.memory().free();
    processes.remove(process);
    return add(before.withMemory(new AddressSpace(frames)));
  }

  /** close(2); returns the file of the implementation of which this was the last descriptor. */
  public Optional<FileId> close(ProcessId process, int number) {
    Descriptor gone = process(process).remove(number);
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
    SimulatedProcess from = processes.get(process);
    byte[] bytes = new byte[length];
    int done = from == null ? 0 : from.memory().read(address, bytes);
    return done == length ? Result.ok(bytes) : Result.err(Errno.EFAULT, Arrays.copyOf(bytes, done));
  }

  @Override
  public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
    SimulatedProcess to = processes.get(process);
    int done = to == null ? 0 : to.memory().write(address, bytes);
    return done == bytes.length ? Result.ok(done) : Result.err(Errno.EFAULT, done);
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
    MemoryFile memory = files.memoryOf(file);
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
    SimulatedProcess seen = processes.get(process);
    Long frame = seen == null ? null : seen.memory().frameAt(page(address));
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
    process(process).put(number, new Descriptor.Ours(file), true);
    return Result.ok(number);
  }

  @Override
  public void withdraw(ProcessId process, int number) {
    process(process).remove(number);
  }

  @Override
  public Descriptor descriptor(ProcessId process, int number) {
    return process(process).descriptors().getOrDefault(number, new Descriptor.Closed());
  }

  @Override
  public void hold(UserFile file) {
    files.hold(file);
  }

  @Override
  public void release(UserFile file) {
    files.release(file);
  }

  private int give(ProcessId process, UserFile file) {
    int number = process(process).lowestFree();
    process(process).put(number, new Descriptor.Other(file), false);
    hold(file);
    return number;
  }

  private MemoryFile fileOf(ProcessId process, int descriptor) {
    return files.memoryOf(descriptor(process, descriptor));
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

  private static long page(long address) {
    return address >>> PAGE_SHIFT;
  }

  private static long pageBehind(long address) {
    return page(address + PAGE_SIZE - 1);
  }
}
