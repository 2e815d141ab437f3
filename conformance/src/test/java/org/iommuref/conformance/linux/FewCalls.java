package org.iommuref.conformance.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.FileCall.Account;

/** An implementation that has one call for each thing that a program and its memory can show. */
final class FewCalls implements IommufdKernel, Iommufd {

  static final int ADD_ONE = 1;
  static final int PIN = 2;
  static final int PEEK = 3;
  static final int EVENT = 4;
  static final int TRIGGER = 5;
  static final int OPEN_FILES = 6;
  static final int KIND = 7;
  static final int UNPIN = 8;
  static final int SAME_FRAME = 9;
  static final int THROW = 10;
  static final int TAKE_BACK = 11;

  private final Processes processes;
  private final Set<FileId> open = new HashSet<>();
  private final Map<FileId, Integer> events = new HashMap<>();
  private long[] pinned = {};
  private int files;
  private int nth;

  FewCalls(Processes processes) {
    this.processes = processes;
  }

  @Override
  public Iommufd iommufd() {
    return this;
  }

  @Override
  public Account account(ProcessId process) {
    return new Account(pinned.length, 2);
  }

  @Override
  public int failNth() {
    return nth;
  }

  @Override
  public void setFailNth(int nth) {
    this.nth = nth;
  }

  @Override
  public byte[] mappedFrame(long frame) {
    byte[] page = new byte[Processes.PAGE_SIZE];
    page[0] = (byte) frame;
    return page;
  }

  @Override
  public Result<FileId> open(Caller caller, Node node) {
    return Result.ok(newFile());
  }

  private FileId newFile() {
    FileId file = new FileId(++files);
    open.add(file);
    return file;
  }

  @Override
  public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
    ProcessId process = caller.process();
    return switch (command) {
      case ADD_ONE -> addOne(process, argument);
      case PIN -> pin(process, argument);
      case PEEK -> Result.ok((int) processes.readFrame(pinned[(int) argument], 0, 1)[0]);
      case EVENT -> event(process);
      case TRIGGER -> trigger((int) argument);
      case OPEN_FILES -> Result.ok(open.size());
      case KIND -> Result.ok(kind(processes.descriptor(process, (int) argument)));
      case UNPIN -> unpin();
      case SAME_FRAME ->
          Result.ok(processes.frameAt(process, argument).value() == pinned[0] ? 1 : 0);
      case TAKE_BACK -> takeBack(process);
      case THROW -> throw new IllegalStateException("on purpose");
      default -> Result.err(Errno.ENOTTY);
    };
  }

  private Result<Integer> addOne(ProcessId process, long argument) {
    Result<byte[]> bytes = processes.copyIn(process, argument, 4);
    if (!bytes.isOk()) {
      return Result.err(Errno.EFAULT);
    }
    int value = ByteBuffer.wrap(bytes.value()).order(ByteOrder.LITTLE_ENDIAN).getInt();
    ByteBuffer out = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value + 1);
    return processes.copyOut(process, argument, out.array()).isOk()
        ? Result.ok(0)
        : Result.err(Errno.EFAULT);
  }

  private Result<Integer> pin(ProcessId process, long argument) {
    Result<long[]> frames = processes.pin(process, argument, 2, true);
    if (frames instanceof Result.Err<long[]> err) {
      processes.unpin(java.util.Objects.requireNonNull(err.partial()));
      return Result.err(err.errno());
    }
    pinned = frames.value();
    return Result.ok(pinned[1] == pinned[0] + 1 ? processes.pinsOf(pinned[0]) : -1);
  }

  private Result<Integer> unpin() {
    processes.unpin(pinned);
    pinned = new long[0];
    return Result.ok(0);
  }

  private Result<Integer> event(ProcessId process) {
    FileId file = newFile();
    events.put(file, 0);
    return processes.install(process, file);
  }

  private Result<Integer> takeBack(ProcessId process) {
    FileId file = newFile();
    Result<Integer> number = processes.install(process, file);
    processes.withdraw(process, number.value());
    open.remove(file);
    return number;
  }

  private Result<Integer> trigger(int value) {
    events.replaceAll((file, old) -> value);
    return Result.ok(0);
  }

  private static int kind(Processes.Descriptor descriptor) {
    if (descriptor instanceof Processes.Descriptor.Ours ours) {
      return ours.file().number();
    }
    return descriptor instanceof Processes.Descriptor.Other other && other.file().mappable()
        ? -100
        : -200;
  }

  @Override
  public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
    int value = events.getOrDefault(file, 0);
    events.put(file, 0);
    if (value == 0) {
      return Result.err(Errno.EAGAIN);
    }
    return processes.copyOut(caller.process(), buffer, new byte[] {(byte) value});
  }

  @Override
  public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
    return Result.err(Errno.EINVAL);
  }

  @Override
  public Set<Readiness> poll(FileId file) {
    return events.getOrDefault(file, 0) == 0
        ? Set.of(Readiness.WRITABLE)
        : Set.of(Readiness.READABLE, Readiness.WRITABLE);
  }

  @Override
  public Result<long[]> mmap(
      Caller caller, FileId file, long offset, long length, boolean shared, boolean executable) {
    return offset == 0x1000 ? Result.ok(new long[] {42}) : Result.err(Errno.ENXIO);
  }

  @Override
  public Result<Done> munmap(FileId file, long offset) {
    return Result.done();
  }

  @Override
  public void close(FileId file) {
    open.remove(file);
    events.remove(file);
  }

  @Override
  public void exited(ProcessId process) {}
}
