package org.iommuref.conformance.linux;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.iommufd.call.FileCall.Mapped;
import org.iommuref.spec.iommufd.call.FileCall.Ready;
import org.iommuref.spec.operation.Reply;

/** Makes the calls of programs on the implementation. */
final class CallHandler {

  private final IommufdKernel kernel;
  private final Iommufd iommufd;
  private final ProgramProcesses processes;
  private final ServedFiles files;

  /** Over one implementation. */
  CallHandler(IommufdKernel kernel, ProgramProcesses processes, ServedFiles files) {
    this.kernel = kernel;
    this.iommufd = kernel.iommufd();
    this.processes = processes;
    this.files = files;
  }

  /** Makes a call of a process that waits for it. */
  Reply<?> handle(ProcessId process, FileCall<?> call) {
    if (call instanceof FileCall.Open open) {
      return open(open, process);
    } else if (call instanceof FileCall.Ioctl ioctl) {
      return Reply.of(
          iommufd.ioctl(ioctl.caller(), ioctl.file(), ioctl.command(), ioctl.argument()));
    } else if (call instanceof FileCall.Read read) {
      files.unmark(read.file());
      return Reply.of(iommufd.read(read.caller(), read.file(), read.buffer(), read.count()));
    } else if (call instanceof FileCall.Write write) {
      files.unmark(write.file());
      return Reply.of(iommufd.write(write.caller(), write.file(), write.buffer(), write.count()));
    } else if (call instanceof FileCall.Poll poll) {
      return Reply.ok(poll(poll.file()));
    } else if (call instanceof FileCall.Mmap mmap) {
      return mmap(mmap, process);
    } else if (call instanceof FileCall.Munmap munmap) {
      files.unmapped(munmap.file(), process, munmap.offset());
      return Reply.ok(Done.DONE);
    }
    return news(call);
  }

  private Reply<?> news(FileCall<?> call) {
    if (call instanceof FileCall.Unmapping unmapping) {
      processes.leaving(unmapping.process(), unmapping.address(), unmapping.length());
      return Reply.ok(Done.DONE);
    } else if (call instanceof FileCall.Exiting exiting) {
      processes.exiting(exiting.process());
      return Reply.ok(Done.DONE);
    } else if (call instanceof FileCall.Accounts accounts) {
      return Reply.ok(kernel.account(accounts.process()));
    } else if (call instanceof FileCall.GetFailNth) {
      return Reply.ok(kernel.failNth());
    } else if (call instanceof FileCall.SetFailNth set) {
      kernel.setFailNth(set.nth());
      return Reply.ok(Done.DONE);
    }
    return new Reply.Unsupported<>("no call of a program over its connection");
  }

  private Reply<?> open(FileCall.Open open, ProcessId process) {
    Result<FileId> file = iommufd.open(open.caller(), open.node());
    if (file.isOk()) {
      files.opened(file.value(), process);
    }
    return Reply.of(file);
  }

  private Ready poll(FileId file) {
    files.unmark(file);
    Set<Readiness> ready = iommufd.poll(file);
    return new Ready(
        ready.contains(Readiness.READABLE),
        ready.contains(Readiness.WRITABLE),
        ready.contains(Readiness.BROKEN));
  }

  private Reply<?> mmap(FileCall.Mmap mmap, ProcessId process) {
    Result<long[]> frames =
        iommufd.mmap(
            mmap.caller(),
            mmap.file(),
            mmap.offset(),
            mmap.length(),
            mmap.shared(),
            mmap.executable());
    if (!frames.isOk()) {
      return Reply.of(frames);
    }
    files.mapped(mmap.file(), process, mmap.offset());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long frame : frames.value()) {
      bytes.writeBytes(kernel.mappedFrame(frame));
    }
    return Reply.ok(new Mapped(Bytes.of(bytes.toByteArray())));
  }
}
