package org.iommuref.conformance.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.MemoryRange;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;

/** An adapter of seam 3 in Java: serves the model over the mock driver on stdin and stdout. */
final class IommufdServer implements AdapterEnd.Served {

  private static final int LINE_LIMIT = 1 << 20;

  private final AdapterEnd end = new AdapterEnd();
  private final ModelProvider provider = ModelProvider.mock();
  private AskedProcesses processes = new AskedProcesses(end::ask);
  private IommufdKernel kernel = provider.start(processes, Topology.oneDevice(), 0);

  private final int last;

  private IommufdServer(int last) {
    this.last = last;
  }

  /** Serves until bye or the end of stdin, or until the ioctl whose number it is given. */
  public static void main(String[] arguments) throws IOException {
    IommufdServer server =
        new IommufdServer(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
    server.end.serve(server);
  }

  @Override
  @SuppressWarnings("unchecked") // a call is answered with what it yields
  public <V> Reply<V> answer(Operation<V> operation) {
    return operation instanceof FileCall<?> call
        ? (Reply<V>) onFile(call)
        : new Reply.Unsupported<>("no " + operation.op());
  }

  @Override
  public void reset(Reset reset) {
    processes = new AskedProcesses(end::ask);
    kernel = provider.start(processes, reset.topology(), reset.seed());
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

  @Override
  public Introduction introduction() {
    HwInfo info = provider.hwInfo();
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
