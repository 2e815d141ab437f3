package org.iommuref.conformance.process;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.iommuref.conformance.program.NoAnswerException;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.iommufd.call.FileCall.Account;
import org.iommuref.spec.operation.Reply;

/**
 * An implementation of seam 3 behind a child process: each call is a request, during which the
 * child asks for what it needs of the caller.
 *
 * <p>Regions that it maps are copies of what they held then.
 */
final class RemoteIommufd implements Iommufd, IommufdKernel {

  private static final long FIRST_REGION_FRAME = 1L << 40;

  private final Conversation conversation;
  private final ProcessQuestions questions;
  private final Map<Long, byte[]> regionFrames = new HashMap<>();

  /** The child answers calls of these processes from now on. */
  RemoteIommufd(Conversation conversation, Processes processes) {
    this.conversation = conversation;
    this.questions = new ProcessQuestions(processes);
    conversation.answerBy(questions::answer);
  }

  @Override
  public Result<FileId> open(Caller caller, Node node) {
    return by(caller, new FileCall.Open(caller, node));
  }

  @Override
  public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
    return by(caller, new FileCall.Ioctl(caller, file, command, argument));
  }

  @Override
  public Result<Integer> read(Caller caller, FileId file, long buffer, long count) {
    return by(caller, new FileCall.Read(caller, file, buffer, count));
  }

  @Override
  public Result<Integer> write(Caller caller, FileId file, long buffer, long count) {
    return by(caller, new FileCall.Write(caller, file, buffer, count));
  }

  @Override
  public Set<Readiness> poll(FileId file) {
    FileCall.Ready ready = valueOf(new FileCall.Poll(file));
    Set<Readiness> can = EnumSet.noneOf(Readiness.class);
    if (ready.readable()) {
      can.add(Readiness.READABLE);
    }
    if (ready.writable()) {
      can.add(Readiness.WRITABLE);
    }
    if (ready.broken()) {
      can.add(Readiness.BROKEN);
    }
    return can;
  }

  @Override
  public Result<long[]> mmap(
      Caller caller, FileId file, long offset, long length, boolean shared, boolean executable) {
    Result<FileCall.Mapped> mapped =
        by(caller, new FileCall.Mmap(caller, file, offset, length, shared, executable));
    if (!mapped.isOk()) {
      return Result.err(Objects.requireNonNull(mapped.errno()));
    }
    byte[] bytes = mapped.value().bytes().toArray();
    long[] frames = new long[bytes.length / Processes.PAGE_SIZE];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = FIRST_REGION_FRAME + regionFrames.size();
      int start = i * Processes.PAGE_SIZE;
      regionFrames.put(frames[i], Arrays.copyOfRange(bytes, start, start + Processes.PAGE_SIZE));
    }
    return Result.ok(frames);
  }

  @Override
  public Result<Done> munmap(FileId file, long offset) {
    return call(new FileCall.Munmap(new Caller(new ProcessId(1), 0, Set.of()), file, offset));
  }

  @Override
  public void close(FileId file) {
    valueOf(new FileCall.Close(file));
  }

  @Override
  public void exited(ProcessId process) {
    valueOf(new FileCall.Exited(process));
  }

  @Override
  public Iommufd iommufd() {
    return this;
  }

  @Override
  public Account account(ProcessId process) {
    return valueOf(new FileCall.Accounts(process));
  }

  @Override
  public int failNth() {
    return valueOf(new FileCall.GetFailNth(new ProcessId(1)));
  }

  @Override
  public void setFailNth(int nth) {
    valueOf(new FileCall.SetFailNth(new ProcessId(1), nth));
  }

  @Override
  public byte[] mappedFrame(long frame) {
    return Objects.requireNonNull(regionFrames.get(frame)).clone();
  }

  private <V> Result<V> by(Caller caller, FileCall<V> call) {
    questions.during(caller);
    return call(call);
  }

  private <V> Result<V> call(FileCall<V> call) {
    Reply<V> reply = conversation.ask(call);
    if (reply instanceof Reply.Ok<V> ok) {
      return Result.ok(ok.value());
    } else if (reply instanceof Reply.Err<V> err) {
      return Result.err(err.errno());
    }
    throw new NoAnswerException(reply);
  }

  private <V> V valueOf(FileCall<V> call) {
    Reply<V> reply = conversation.ask(call);
    if (reply instanceof Reply.Ok<V> ok) {
      return ok.value();
    } else if (reply instanceof Reply.Err<V> err) {
      throw new NoAnswerException(
          new Reply.Unsupported<>(call.op() + " cannot fail, and says " + err.errno()));
    }
    throw new NoAnswerException(reply);
  }
}
