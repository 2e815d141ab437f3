package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.Bye;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MemoryRange;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.Poll;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;

/** An adapter of seam 3 in Java: serves the model over the mock driver on stdin and stdout. */
final class IommufdServer {

  private static final int LINE_LIMIT = 1 << 20;

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
  private final ModelProvider provider = ModelProvider.mock();
  private AskedProcesses processes = new AskedProcesses(this::ask);
  private IommufdKernel kernel = provider.start(processes, Topology.oneDevice(), 0);
  private long questions;

  private final int last;

  private IommufdServer(int last) {
    this.last = last;
  }

  /** Serves until bye or the end of stdin, or until the ioctl whose number it is given. */
  public static void main(String[] arguments) throws IOException {
    new IommufdServer(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0])).serve();
  }

  private void serve() throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ObjectNode message = Json.parse(line);
      try {
        MessageCodec.Request request = MessageCodec.readRequest(message);
        say(reply(request.id(), request.operation()));
        if (request.operation() instanceof Bye) {
          return;
        }
      } catch (WireException e) {
        Reply<Done> reply = new Reply.Unsupported<>(Objects.toString(e.getMessage()));
        say(MessageCodec.reply(MessageCodec.id(message), new Poll(), reply));
      }
    }
  }

  private void say(ObjectNode message) {
    out.print(message + "\n");
    out.flush();
  }

  private <V> Reply<V> ask(UserCall<V> question) {
    say(MessageCodec.request(++questions, question));
    try {
      return MessageCodec.readReply(Json.parse(in.readLine()), question);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // a call is answered with what it yields
  private <V> ObjectNode reply(long id, Operation<V> operation) {
    return MessageCodec.reply(id, operation, (Reply<V>) answer(operation));
  }

  private Reply<?> answer(Operation<?> operation) {
    if (operation instanceof FileCall<?> call) {
      return onFile(call);
    } else if (operation instanceof Hello) {
      return Reply.ok(introduction(provider.hwInfo()));
    } else if (operation instanceof Reset reset) {
      processes = new AskedProcesses(this::ask);
      kernel = provider.start(processes, reset.topology(), reset.seed());
    } else if (!(operation instanceof Poll || operation instanceof Bye)) {
      return new Reply.Unsupported<>("no " + operation.op());
    }
    return Reply.ok(Done.DONE);
  }

  private Reply<?> onFile(FileCall<?> call) {
    Iommufd iommufd = kernel.iommufd();
    if (call instanceof FileCall.Open open) {
      return Reply.of(iommufd.open(open.caller(), open.node()));
    } else if (call instanceof FileCall.Ioctl ioctl) {
      if (ioctl.command() == last) {
        throw new IllegalStateException("the last ioctl");
      }
      return Reply.of(
          iommufd.ioctl(ioctl.caller(), ioctl.file(), ioctl.command(), ioctl.argument()));
    } else if (call instanceof FileCall.Read read) {
      return Reply.of(iommufd.read(read.caller(), read.file(), read.buffer(), read.count()));
    } else if (call instanceof FileCall.Write write) {
      return Reply.of(iommufd.write(write.caller(), write.file(), write.buffer(), write.count()));
    } else if (call instanceof FileCall.Poll poll) {
      Set<Readiness> ready = iommufd.poll(poll.file());
      return Reply.ok(
          new FileCall.Ready(
              ready.contains(Readiness.READABLE),
              ready.contains(Readiness.WRITABLE),
              ready.contains(Readiness.BROKEN)));
    } else if (call instanceof FileCall.Mmap mmap) {
      return mmap(mmap);
    } else if (call instanceof FileCall.Munmap munmap) {
      return Reply.of(iommufd.munmap(munmap.file(), munmap.offset()));
    }
    return news(call);
  }

  private Reply<?> news(FileCall<?> call) {
    if (call instanceof FileCall.Close close) {
      kernel.iommufd().close(close.file());
    } else if (call instanceof FileCall.Exited exited) {
      processes.ended(exited.process());
      kernel.iommufd().exited(exited.process());
    } else if (call instanceof FileCall.Accounts accounts) {
      return Reply.ok(kernel.account(accounts.process()));
    } else if (call instanceof FileCall.GetFailNth) {
      return Reply.ok(kernel.failNth());
    } else if (call instanceof FileCall.SetFailNth set) {
      kernel.setFailNth(set.nth());
    } else {
      return new Reply.Unsupported<>("no " + call.op());
    }
    return Reply.ok(Done.DONE);
  }

  private Reply<?> mmap(FileCall.Mmap mmap) {
    Result<long[]> frames =
        kernel
            .iommufd()
            .mmap(
                mmap.caller(),
                mmap.file(),
                mmap.offset(),
                mmap.length(),
                mmap.shared(),
                mmap.executable());
    if (!frames.isOk()) {
      return new Reply.Err<>(Objects.requireNonNull(frames.errno()), null);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long frame : frames.value()) {
      bytes.writeBytes(kernel.mappedFrame(frame));
    }
    return Reply.ok(new FileCall.Mapped(Bytes.of(bytes.toByteArray())));
  }

  private static Introduction introduction(HwInfo info) {
    return new Introduction(
        "mock",
        "1.0",
        Hello.PROTOCOL,
        Hello.IOMMUFD_SEAM,
        Introduction.IOMMUFD_ROLE,
        info.architecture(),
        info.pageSizes(),
        info.addressBits(),
        info.maxPasids(),
        info.unit(),
        info.stimulus(),
        RamOwner.RUNNER,
        new MemoryRange(new PhysAddr(0), 1L << 12),
        1,
        LINE_LIMIT);
  }
}
