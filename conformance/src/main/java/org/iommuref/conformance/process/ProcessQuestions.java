package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.iommuref.spec.iommufd.Processes.UserFile;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.WireException;

/**
 * Answers what a child asks of processes while it makes their calls.
 *
 * <p>A file that is not the child's has device 0, and its key for an inode.
 */
public final class ProcessQuestions {

  private final Processes processes;
  private ProcessId caller = new ProcessId(1);

  ProcessQuestions(Processes processes) {
    this.processes = processes;
  }

  /** Of a process with nothing in it, number 1. */
  public static ProcessQuestions ofOneProcess() {
    SimulatedProcesses processes = new SimulatedProcesses();
    processes.start(0);
    return new ProcessQuestions(processes);
  }

  /** Descriptors are those of this caller from now on. */
  void during(Caller making) {
    caller = making.process();
  }

  /**
   * Answers one question.
   *
   * @throws WireException if it is none
   */
  public ObjectNode answer(ObjectNode message) {
    MessageCodec.Request request = MessageCodec.readRequest(message);
    if (request.operation() instanceof UserCall<?> question) {
      Reply<?> reply;
      try {
        reply = answer(question);
      } catch (RuntimeException misuse) {
        reply = new Reply.Unsupported<>(question.op() + ": " + misuse.getMessage());
      }
      return reply(request.id(), question, reply);
    }
    throw new WireException("a child may ask for user.* alone");
  }

  @SuppressWarnings("unchecked") // a question is answered with what it yields
  private static <V> ObjectNode reply(long id, Operation<V> question, Reply<?> reply) {
    return MessageCodec.reply(id, question, (Reply<V>) reply);
  }

  private Reply<?> answer(UserCall<?> question) {
    if (question instanceof UserCall.CopyIn copy) {
      return bytes(processes.copyIn(copy.process(), copy.address(), copy.length()));
    } else if (question instanceof UserCall.CopyOut copy) {
      return Reply.of(processes.copyOut(copy.process(), copy.address(), copy.bytes().toArray()));
    } else if (question instanceof UserCall.MemlockLimit limit) {
      return Reply.ok(processes.memlockLimit(limit.process()));
    }
    return question instanceof UserCall.Install
            || question instanceof UserCall.Withdraw
            || question instanceof UserCall.Describe
            || question instanceof UserCall.HoldFile
            || question instanceof UserCall.ReleaseFile
        ? onFile(question)
        : onFrame(question);
  }

  private Reply<?> onFile(UserCall<?> question) {
    if (question instanceof UserCall.Install install) {
      return Reply.of(processes.install(caller, install.file()));
    } else if (question instanceof UserCall.Withdraw withdraw) {
      processes.withdraw(caller, withdraw.number());
    } else if (question instanceof UserCall.Describe describe) {
      return describe(describe.number());
    } else if (question instanceof UserCall.HoldFile hold) {
      processes.hold(new UserFile(hold.inode(), true));
    } else if (question instanceof UserCall.ReleaseFile release) {
      processes.release(new UserFile(release.inode(), true));
    }
    return Reply.ok(Done.DONE);
  }

  private Reply<?> describe(int number) {
    Descriptor open = processes.descriptor(caller, number);
    if (open instanceof Descriptor.Ours ours) {
      return Reply.ok(new UserCall.Description(ours.file().number(), 0, 0, false));
    } else if (open instanceof Descriptor.Other other) {
      UserFile file = other.file();
      return Reply.ok(new UserCall.Description(0, 0, file.key(), file.mappable()));
    }
    return new Reply.Err<>(Errno.EBADF, null);
  }

  private Reply<?> onFrame(UserCall<?> question) {
    if (question instanceof UserCall.Pin pin) {
      return frames(processes.pin(pin.process(), pin.address(), pin.pages(), pin.write()));
    } else if (question instanceof UserCall.PinFile pin) {
      UserFile file = new UserFile(pin.inode(), true);
      return frames(processes.pinFile(file, pin.start(), pin.pages()));
    } else if (question instanceof UserCall.Unpin unpin) {
      processes.unpin(unpin.frames().stream().mapToLong(Long::longValue).toArray());
      return Reply.ok(Done.DONE);
    } else if (question instanceof UserCall.Pins pins) {
      return Reply.ok(processes.pinsOf(pins.frame()));
    } else if (question instanceof UserCall.FrameAt at) {
      return Reply.of(processes.frameAt(at.process(), at.address()));
    } else if (question instanceof UserCall.ReadFrame read) {
      return Reply.ok(Bytes.of(processes.readFrame(read.frame(), read.offset(), read.length())));
    } else if (question instanceof UserCall.WriteFrame write) {
      processes.writeFrame(write.frame(), write.offset(), write.bytes().toArray());
      return Reply.ok(Done.DONE);
    }
    return new Reply.Unsupported<>(question.op() + " is for programs that are real; ask user.pin");
  }

  private static Reply<?> bytes(Result<byte[]> result) {
    if (result instanceof Result.Err<byte[]> err) {
      byte[] before = err.partial();
      return new Reply.Err<>(err.errno(), before == null ? null : Bytes.of(before));
    }
    return Reply.ok(Bytes.of(result.value()));
  }

  private static Reply<?> frames(Result<long[]> result) {
    if (result instanceof Result.Err<long[]> err) {
      long[] before = err.partial();
      return new Reply.Err<>(err.errno(), before == null ? null : listOf(before));
    }
    return Reply.ok(listOf(result.value()));
  }

  private static UserCall.Frames listOf(long[] frames) {
    return new UserCall.Frames(Arrays.stream(frames).boxed().toList());
  }
}
