package org.iommuref.conformance.linux;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.iommuref.conformance.linux.FrameTable.Owner;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.iommufd.call.UserCall.CopyIn;
import org.iommuref.spec.iommufd.call.UserCall.CopyOut;
import org.iommuref.spec.iommufd.call.UserCall.Describe;
import org.iommuref.spec.iommufd.call.UserCall.Extent;
import org.iommuref.spec.iommufd.call.UserCall.Extents;
import org.iommuref.spec.iommufd.call.UserCall.Install;
import org.iommuref.spec.iommufd.call.UserCall.Locate;
import org.iommuref.spec.iommufd.call.UserCall.MemlockLimit;
import org.iommuref.spec.iommufd.call.UserCall.Withdraw;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Real processes: their memory is reached by questions to the program whose call is running, which
 * answers for other processes too; pins and frame numbers are kept here.
 *
 * <p>What a pinned page holds outlives its mapping: a program says that it is about to unmap or to
 * end, and the page is read before.
 */
final class ProgramProcesses implements Processes {

  private static final int LONGEST_COPY = 1 << 18;
  private static final int AHEAD = 64;

  private final FrameTable table = new FrameTable();
  private final OpenFiles files = new OpenFiles();
  private final Set<ProcessId> alive = new HashSet<>();
  private final Map<UserPage, Long> seen = new HashMap<>();
  private final Set<FileId> withdrawn = new HashSet<>();
  private @Nullable FileId lastInstalled;
  private @Nullable RemoteProcess current;

  private record UserPage(ProcessId process, long page) {}

  /** The program whose call runs from now on. */
  void serve(RemoteProcess program) {
    current = program;
    seen.clear();
  }

  /** The call has returned. */
  void served() {
    current = null;
    files.closeUnheld();
  }

  /** A process has made itself known. */
  void started(ProcessId process) {
    alive.add(process);
  }

  /** A process has ended; what it did not let be read before is lost. */
  void ended(ProcessId process) {
    if (alive.remove(process)) {
      table.frames().values().forEach(frame -> frame.leave(place -> isOf(place, process)));
      table.forget(process);
    }
  }

  /** Pages of a process are about to go: those that are pinned are read now. */
  void leaving(ProcessId process, long address, long length) {
    long first = address / PAGE_SIZE;
    long pages = Long.divideUnsigned(length + PAGE_SIZE - 1, PAGE_SIZE);
    leave(
        process,
        place ->
            isOf(place, process)
                && place instanceof UserPlace user
                && user.address / PAGE_SIZE - first >= 0
                && user.address / PAGE_SIZE - first < pages);
    table.retire(process, first, pages);
  }

  /** All memory of a process is about to go. */
  void exiting(ProcessId process) {
    leave(process, place -> isOf(place, process));
  }

  /** A page that leaves its last place may still show where another process maps its file. */
  private void leave(ProcessId process, Predicate<Frame.Place> which) {
    Map<ProcessId, SharedMappings> others = new HashMap<>();
    alive.stream()
        .filter(other -> !other.equals(process))
        .forEach(other -> others.put(other, SharedMappings.of(other)));
    table
        .frames()
        .forEach(
            (number, frame) -> {
              FrameTable.FilePage page = table.filePageOf(number);
              if (page != null && frame.shows(which) && !frame.shows(which.negate())) {
                others.forEach(
                    (other, mappings) ->
                        mappings
                            .addressOf(page.file(), page.page())
                            .ifPresent(at -> frame.showsAt(new UserPlace(other, at))));
              }
              frame.leave(which);
            });
  }

  @Override
  public Result<byte[]> copyIn(ProcessId process, long address, int length) {
    byte[] all = new byte[length];
    for (int done = 0; done < length; ) {
      int part = Math.min(LONGEST_COPY, length - done);
      Reply<Bytes> reply = ask(new CopyIn(process, address + done, part));
      byte[] bytes = valueOrPartial(reply, new Bytes("")).toArray();
      System.arraycopy(bytes, 0, all, done, bytes.length);
      done += bytes.length;
      if (bytes.length < part) {
        return Result.err(Errno.EFAULT, Arrays.copyOf(all, done));
      }
    }
    return Result.ok(all);
  }

  @Override
  public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
    for (int done = 0; done < bytes.length; ) {
      byte[] part = Arrays.copyOfRange(bytes, done, Math.min(bytes.length, done + LONGEST_COPY));
      int count = valueOrPartial(ask(new CopyOut(process, address + done, Bytes.of(part))), 0);
      done += count;
      if (count < part.length) {
        return Result.err(Errno.EFAULT, done);
      }
    }
    return Result.ok(bytes.length);
  }

  @Override
  public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
    if (!alive.contains(process)) {
      return Result.err(Errno.EFAULT, new long[0]);
    }
    long[] numbers = locate(process, address, pages, write);
    for (int i = 0; i < numbers.length; i++) {
      Frame frame = table.frame(numbers[i]);
      frame.pin(1);
      frame.showsAt(new UserPlace(process, address + (long) i * PAGE_SIZE));
    }
    return numbers.length == pages ? Result.ok(numbers) : Result.err(Errno.EFAULT, numbers);
  }

  @Override
  public Result<long[]> pinFile(UserFile file, long start, int pages) {
    OpenFiles.OpenFile open = files.of(file);
    if (open == null || !open.reaches(start, (long) pages * PAGE_SIZE)) {
      return Result.err(Errno.EINVAL);
    }
    long[] numbers = new long[pages];
    for (int i = 0; i < pages; i++) {
      long offset = start + (long) i * PAGE_SIZE;
      numbers[i] = table.frameOf(open.owner(), offset / PAGE_SIZE);
      Frame frame = table.frame(numbers[i]);
      frame.pin(1);
      frame.showsAt(open.place(offset));
    }
    return Result.ok(numbers);
  }

  @Override
  public void unpin(long[] frames) {
    for (long number : frames) {
      known(number).pin(-1);
      table.forgetIdle(number);
    }
  }

  @Override
  public int pinsOf(long frame) {
    Frame known = table.known(frame);
    return known == null ? 0 : known.pins();
  }

  @Override
  public Result<Long> frameAt(ProcessId process, long address) {
    UserPage page = new UserPage(process, address / PAGE_SIZE);
    Long known = seen.get(page);
    if (known == null && alive.contains(process)) {
      long[] numbers = locate(process, address & -PAGE_SIZE, AHEAD, false);
      for (int i = 0; i < numbers.length; i++) {
        seen.put(new UserPage(process, page.page + i), numbers[i]);
      }
      known = seen.get(page);
    }
    return known == null ? Result.err(Errno.EFAULT) : Result.ok(known);
  }

  @Override
  public byte[] readFrame(long frame, int offset, int length) {
    return known(frame).read(offset, length);
  }

  @Override
  public void writeFrame(long frame, int offset, byte[] bytes) {
    known(frame).write(offset, bytes);
  }

  @Override
  public boolean isAlive(ProcessId process) {
    return alive.contains(process);
  }

  @Override
  public long memlockLimit(ProcessId process) {
    return valueOrPartial(ask(new MemlockLimit(process)), -1L);
  }

  @Override
  public Result<Integer> install(ProcessId process, FileId file) {
    if (ask(new Install(file)) instanceof Reply.Ok<Integer> ok) {
      lastInstalled = file;
      return Result.ok(ok.value());
    }
    return Result.err(Errno.EMFILE);
  }

  @Override
  public void withdraw(ProcessId process, int number) {
    withdrawn.add(Objects.requireNonNull(lastInstalled, "nothing was installed"));
    ask(new Withdraw(number));
  }

  /** Whether the only descriptor of a file was taken back. */
  boolean isWithdrawn(FileId file) {
    return withdrawn.contains(file);
  }

  @Override
  public Descriptor descriptor(ProcessId process, int number) {
    if (ask(new Describe(number)) instanceof Reply.Ok<UserCall.Description> ok) {
      return ok.value().file() > 0
          ? new Descriptor.Ours(new FileId(ok.value().file()))
          : new Descriptor.Other(files.describe(process, number, ok.value()));
    }
    return new Descriptor.Closed();
  }

  @Override
  public void hold(UserFile file) {
    files.hold(file);
  }

  @Override
  public void release(UserFile file) {
    files.release(file);
  }

  private <V> Reply<V> ask(UserCall<V> question) {
    return Objects.requireNonNull(current, "no call is running").ask(question);
  }

  private static <V> V valueOrPartial(Reply<V> reply, V nothing) {
    if (reply instanceof Reply.Ok<V> ok) {
      return ok.value();
    }
    V partial = reply instanceof Reply.Err<V> err ? err.partial() : null;
    return partial == null ? nothing : partial;
  }

  private Frame known(long number) {
    Frame frame = table.known(number);
    if (frame == null) {
      throw new IllegalArgumentException("frame 0x" + Long.toHexString(number) + " is not pinned");
    }
    return frame;
  }

  private long[] locate(ProcessId process, long address, int pages, boolean write) {
    Reply<Extents> reply = ask(new Locate(process, address, pages, write));
    List<Extent> extents = valueOrPartial(reply, new Extents(List.of())).extents();
    long[] numbers = new long[extents.stream().mapToInt(Extent::pages).sum()];
    int count = 0;
    for (Extent extent : extents) {
      Owner owner =
          extent.shared()
              ? new Owner.OfFile(extent.device(), extent.inode())
              : new Owner.Own(process);
      for (int i = 0; i < extent.pages(); i++) {
        numbers[count++] = table.frameOf(owner, extent.page() + i);
      }
    }
    return numbers;
  }

  private static boolean isOf(Frame.Place place, ProcessId process) {
    return place instanceof UserPlace user && user.process.equals(process);
  }

  /** A page where a process has it. */
  private final class UserPlace implements Frame.Place {
    private final ProcessId process;
    private final long address;

    UserPlace(ProcessId process, long address) {
      this.process = process;
      this.address = address;
    }

    @Override
    public byte @Nullable [] read(int offset, int length) {
      Result<byte[]> bytes =
          current == null ? Result.err(Errno.EFAULT) : copyIn(process, address + offset, length);
      return bytes.isOk() ? bytes.value() : null;
    }

    @Override
    public boolean write(int offset, byte[] bytes) {
      return current != null && copyOut(process, address + offset, bytes).isOk();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof UserPlace place
          && place.process.equals(process)
          && place.address == address;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(address) ^ process.number();
    }
  }
}
