package org.iommuref.conformance.process;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/** Processes that a runner keeps: everything is asked of it. */
final class AskedProcesses implements Processes {

  private final Runner runner;
  private final Set<ProcessId> ended = new HashSet<>();

  /** Whoever answers. */
  interface Runner {
    <V> Reply<V> ask(UserCall<V> question);
  }

  AskedProcesses(Runner runner) {
    this.runner = runner;
  }

  void ended(ProcessId process) {
    ended.add(process);
  }

  @Override
  public Result<byte[]> copyIn(ProcessId process, long address, int length) {
    Reply<Bytes> reply = runner.ask(new UserCall.CopyIn(process, address, length));
    if (reply instanceof Reply.Err<Bytes> err) {
      Bytes before = err.partial();
      return Result.err(err.errno(), before == null ? new byte[0] : before.toArray());
    }
    return Result.ok(value(reply).toArray());
  }

  @Override
  public Result<Integer> copyOut(ProcessId process, long address, byte[] bytes) {
    return result(runner.ask(new UserCall.CopyOut(process, address, Bytes.of(bytes))));
  }

  @Override
  public Result<long[]> pin(ProcessId process, long address, int pages, boolean write) {
    return frames(runner.ask(new UserCall.Pin(process, address, pages, write)));
  }

  @Override
  public Result<long[]> pinFile(UserFile file, long start, int pages) {
    return frames(runner.ask(new UserCall.PinFile(0, file.key(), start, pages)));
  }

  @Override
  public void unpin(long[] frames) {
    List<Long> list = Arrays.stream(frames).boxed().toList();
    value(runner.ask(new UserCall.Unpin(list)));
  }

  @Override
  public int pinsOf(long frame) {
    return value(runner.ask(new UserCall.Pins(frame)));
  }

  @Override
  public Result<Long> frameAt(ProcessId process, long address) {
    return result(runner.ask(new UserCall.FrameAt(process, address)));
  }

  @Override
  public byte[] readFrame(long frame, int offset, int length) {
    return value(runner.ask(new UserCall.ReadFrame(frame, offset, length))).toArray();
  }

  @Override
  public void writeFrame(long frame, int offset, byte[] bytes) {
    value(runner.ask(new UserCall.WriteFrame(frame, offset, Bytes.of(bytes))));
  }

  @Override
  public boolean isAlive(ProcessId process) {
    return !ended.contains(process);
  }

  @Override
  public long memlockLimit(ProcessId process) {
    return value(runner.ask(new UserCall.MemlockLimit(process)));
  }

  @Override
  public Result<Integer> install(ProcessId process, FileId file) {
    return result(runner.ask(new UserCall.Install(file)));
  }

  @Override
  public void withdraw(ProcessId process, int number) {
    value(runner.ask(new UserCall.Withdraw(number)));
  }

  @Override
  public Descriptor descriptor(ProcessId process, int number) {
    if (runner.ask(new UserCall.Describe(number)) instanceof Reply.Ok<UserCall.Description> ok) {
      UserCall.Description is = ok.value();
      return is.file() > 0
          ? new Descriptor.Ours(new FileId(is.file()))
          : new Descriptor.Other(new UserFile(is.inode(), is.mappable()));
    }
    return new Descriptor.Closed();
  }

  @Override
  public void hold(UserFile file) {
    value(runner.ask(new UserCall.HoldFile(0, file.key())));
  }

  @Override
  public void release(UserFile file) {
    value(runner.ask(new UserCall.ReleaseFile(0, file.key())));
  }

  private static Result<long[]> frames(Reply<UserCall.Frames> reply) {
    if (reply instanceof Reply.Err<UserCall.Frames> err) {
      UserCall.@Nullable Frames before = err.partial();
      return before == null
          ? Result.err(err.errno())
          : Result.err(err.errno(), numbers(before.frames()));
    }
    return Result.ok(numbers(value(reply).frames()));
  }

  private static long[] numbers(List<Long> frames) {
    return frames.stream().mapToLong(Long::longValue).toArray();
  }

  private static <V> Result<V> result(Reply<V> reply) {
    if (reply instanceof Reply.Err<V> err) {
      Errno errno = err.errno();
      V partial = err.partial();
      return partial == null ? Result.err(errno) : Result.err(errno, partial);
    }
    return Result.ok(value(reply));
  }

  private static <V> V value(Reply<V> reply) {
    if (reply instanceof Reply.Ok<V> ok) {
      return Objects.requireNonNull(ok.value());
    }
    throw new IllegalStateException("the runner does not answer: " + reply);
  }
}
