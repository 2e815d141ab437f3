package org.iommuref.conformance.compare;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.iommuref.conformance.linux.ModelKernel;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;

/** A program on the model: one simulated process, with all rights. */
final class ModelProgram {

  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;
  private static final int POLLERR = 8;

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final Iommufd iommufd = new ModelKernel(processes).iommufd();
  private final ProcessId process = processes.start(0);
  private final Caller caller = new Caller(process, 0, EnumSet.allOf(Caller.Right.class));

  /** Descriptors 0, 1 and 2 are taken, as in every program. */
  ModelProgram() {
    for (int number = 0; number <= 2; number++) {
      processes.otherFile(process);
    }
  }

  /** Makes the calls of a step and returns their answers. */
  List<String> make(Step step) {
    return step.calls().stream().map(this::make).toList();
  }

  private String make(SystemCall call) {
    if (call instanceof SystemCall.MapMemory map) {
      processes.mapAnonymous(process, map.address(), map.length(), map.writable());
      return "0";
    } else if (call instanceof SystemCall.Unmap unmap) {
      processes.unmap(process, unmap.address(), unmap.length());
      return "0";
    } else if (call instanceof SystemCall.MemoryFile file) {
      return Integer.toString(processes.memoryFile(process, file.length()));
    } else if (call instanceof SystemCall.Put put) {
      Result<Integer> done = processes.copyOut(process, put.address(), put.bytes());
      return done.isOk() ? "0" : number(Errno.EFAULT);
    } else if (call instanceof SystemCall.Get get) {
      Result<byte[]> bytes = processes.copyIn(process, get.address(), get.length());
      return bytes.isOk() ? HexFormat.of().formatHex(bytes.value()) : "-";
    } else if (call instanceof SystemCall.Open) {
      return open();
    }
    return onFile(call);
  }

  private String open() {
    Result<FileId> file = iommufd.open(caller, Node.IOMMU);
    return text(file.isOk() ? processes.install(process, file.value()) : Result.err(errno(file)));
  }

  private String onFile(SystemCall call) {
    if (call instanceof SystemCall.Ioctl ioctl) {
      FileId file = file(ioctl.fd());
      return file == null
          ? number(Errno.EBADF)
          : text(iommufd.ioctl(caller, file, ioctl.command(), ioctl.argument()));
    } else if (call instanceof SystemCall.Read read) {
      FileId file = file(read.fd());
      return file == null
          ? number(Errno.EBADF)
          : text(iommufd.read(caller, file, read.buffer(), read.count()));
    } else if (call instanceof SystemCall.Write write) {
      FileId file = file(write.fd());
      return file == null
          ? number(Errno.EBADF)
          : text(iommufd.write(caller, file, write.buffer(), write.count()));
    } else if (call instanceof SystemCall.Poll poll) {
      return poll(poll.fd());
    } else if (call instanceof SystemCall.Close close) {
      return close(close.fd());
    }
    throw new IllegalArgumentException("no call on a file: " + call);
  }

  private String poll(int fd) {
    FileId file = file(fd);
    Set<Readiness> ready = file == null ? Set.of() : iommufd.poll(file);
    int events =
        (ready.contains(Readiness.READABLE) ? POLLIN : 0)
            | (ready.contains(Readiness.WRITABLE) ? POLLOUT : 0)
            | (ready.contains(Readiness.BROKEN) ? POLLERR : 0);
    return Integer.toString(events);
  }

  private String close(int fd) {
    if (processes.descriptor(process, fd) instanceof Descriptor.Closed) {
      return number(Errno.EBADF);
    }
    processes.close(process, fd).ifPresent(iommufd::close);
    return "0";
  }

  private @Nullable FileId file(int fd) {
    return processes.descriptor(process, fd) instanceof Descriptor.Ours ours ? ours.file() : null;
  }

  private static String text(Result<Integer> result) {
    return result.isOk() ? Integer.toString(result.value()) : number(errno(result));
  }

  private static Errno errno(Result<?> result) {
    Errno errno = result.errno();
    return errno == null ? Errno.EIO : errno;
  }

  private static String number(Errno errno) {
    return Integer.toString(-errno.number());
  }
}
