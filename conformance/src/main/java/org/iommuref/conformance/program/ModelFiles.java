package org.iommuref.conformance.program;

import java.util.Set;
import java.util.function.Function;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes.Descriptor;

/** The calls of a process on its descriptors, on the model. */
final class ModelFiles {

  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;
  private static final int POLLERR = 8;
  private static final int POLLNVAL = 32;

  private final SimulatedProcesses processes;
  private final IommufdKernel kernel;
  private final Iommufd iommufd;
  private final Caller caller;
  private final ProcessId process;

  ModelFiles(SimulatedProcesses processes, IommufdKernel kernel, Caller caller) {
    this.processes = processes;
    this.kernel = kernel;
    this.iommufd = kernel.iommufd();
    this.caller = caller;
    this.process = caller.process();
  }

  String make(SystemCall call) {
    if (call instanceof SystemCall.Open open) {
      return open(open.node());
    } else if (call instanceof SystemCall.MemoryFile file) {
      return Integer.toString(
          file.sealed()
              ? processes.sealedFile(process, file.length())
              : processes.memoryFile(process, file.length()));
    } else if (call instanceof SystemCall.Truncate truncate) {
      return truncate(truncate);
    } else if (call instanceof SystemCall.Dup dup) {
      return Answer.of(processes.duplicate(process, dup.fd()));
    } else if (call instanceof SystemCall.Close close) {
      return close(close.fd());
    } else if (call instanceof SystemCall.Poll poll) {
      return Answer.of(poll(poll.fd()));
    }
    return onOurs(call);
  }

  private String onOurs(SystemCall call) {
    if (call instanceof SystemCall.Ioctl i) {
      return with(i.fd(), file -> ioctl(file, i.command(), i.argument()));
    } else if (call instanceof SystemCall.IoctlFailingEverywhere i) {
      return with(i.fd(), file -> failingEverywhere(file, i.command(), i.argument()));
    } else if (call instanceof SystemCall.FailingIoctl i) {
      kernel.setFailNth(i.nth());
      String result = with(i.fd(), file -> ioctl(file, i.command(), i.argument()));
      int left = kernel.failNth();
      kernel.setFailNth(0);
      return result + " " + left;
    } else if (call instanceof SystemCall.Read r) {
      return with(r.fd(), file -> iommufd.read(caller, file, r.buffer(), r.count()));
    } else if (call instanceof SystemCall.Write w) {
      return with(w.fd(), file -> iommufd.write(caller, file, w.buffer(), w.count()));
    }
    throw new IllegalArgumentException("the model makes no such call: " + call);
  }

  private String open(OpenedNode node) {
    if (node == OpenedNode.NULL) {
      return Integer.toString(processes.otherFile(process));
    }
    Result<FileId> file = iommufd.open(caller, node == OpenedNode.VFIO ? Node.VFIO : Node.IOMMU);
    if (!file.isOk()) {
      return Answer.of(Answer.errno(file));
    }
    Result<Integer> number = processes.install(process, file.value());
    if (number.isOk()) {
      processes.keepOnExec(process, number.value());
    } else {
      iommufd.close(file.value());
    }
    return Answer.of(number);
  }

  private Result<Integer> ioctl(FileId file, int command, long argument) {
    return iommufd.ioctl(caller, file, command, argument);
  }

  private Result<Integer> failingEverywhere(FileId file, int command, long argument) {
    for (int nth = 1; ; nth++) {
      kernel.setFailNth(nth);
      Result<Integer> result = ioctl(file, command, argument);
      boolean failed = kernel.failNth() == 0;
      kernel.setFailNth(0);
      if (result.isOk() || !failed) {
        return result;
      }
    }
  }

  private String truncate(SystemCall.Truncate truncate) {
    Descriptor open = processes.descriptor(process, truncate.fd());
    if (open instanceof Descriptor.Closed) {
      return Answer.of(Errno.EBADF);
    } else if (open instanceof Descriptor.Other other
        && other.file().mappable()
        && !processes.isSealed(process, truncate.fd())) {
      processes.truncate(process, truncate.fd(), truncate.length());
      return Answer.DONE;
    }
    return Answer.of(Errno.EINVAL);
  }

  private Result<Integer> poll(int fd) {
    Descriptor open = processes.descriptor(process, fd);
    Set<Readiness> ready =
        open instanceof Descriptor.Ours ours
            ? iommufd.poll(ours.file())
            : Set.of(Readiness.READABLE, Readiness.WRITABLE);
    int events =
        (ready.contains(Readiness.READABLE) ? POLLIN : 0)
            | (ready.contains(Readiness.WRITABLE) ? POLLOUT : 0)
            | (ready.contains(Readiness.BROKEN) ? POLLERR : 0);
    return Result.ok(open instanceof Descriptor.Closed ? POLLNVAL : events);
  }

  private String close(int fd) {
    if (processes.descriptor(process, fd) instanceof Descriptor.Closed) {
      return Answer.of(Errno.EBADF);
    }
    processes.close(process, fd).ifPresent(iommufd::close);
    return Answer.DONE;
  }

  /** A call on a file of iommufd; other files know no such ioctl, and are not read here. */
  private String with(int fd, Function<FileId, Result<Integer>> call) {
    Descriptor open = processes.descriptor(process, fd);
    if (open instanceof Descriptor.Ours ours) {
      return Answer.of(call.apply(ours.file()));
    }
    return Answer.of(open instanceof Descriptor.Closed ? Errno.EBADF : Errno.ENOTTY);
  }
}
