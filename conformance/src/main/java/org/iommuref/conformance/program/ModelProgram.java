package org.iommuref.conformance.program;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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

/** A program on the model, with a kernel of its own. Its processes have all rights. */
public final class ModelProgram implements Program {

  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;
  private static final int POLLERR = 8;

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final Iommufd iommufd = new ModelKernel(processes).iommufd();
  private final List<Caller> callers = new ArrayList<>();

  /** Starts a program: descriptors 0, 1 and 2 are taken, as in every one. */
  public ModelProgram() {
    Caller first = addCaller(processes.start(0));
    for (int number = 0; number <= 2; number++) {
      processes.otherFile(first.process());
    }
  }

  @Override
  public List<String> make(List<SystemCall> calls) {
    return calls.stream().map(this::make).toList();
  }

  @Override
  public String make(SystemCall call) {
    return call instanceof SystemCall.By by ? make(by.process(), by.call()) : make(0, call);
  }

  @Override
  public void close() {
    for (Caller caller : callers) {
      if (processes.isAlive(caller.process())) {
        end(caller);
      }
    }
  }

  private String make(int number, SystemCall call) {
    if (number >= callers.size() || !processes.isAlive(callers.get(number).process())) {
      return "gone";
    }
    Caller caller = callers.get(number);
    if (call instanceof SystemCall.Fork) {
      addCaller(processes.fork(caller.process()));
      return Integer.toString(callers.size() - 1);
    } else if (call instanceof SystemCall.Exit) {
      end(caller);
      return "0";
    }
    return onMemory(caller, call);
  }

  private Caller addCaller(ProcessId process) {
    Caller caller = new Caller(process, 0, EnumSet.allOf(Caller.Right.class));
    callers.add(caller);
    return caller;
  }

  private void end(Caller caller) {
    List<FileId> open = processes.files(caller.process());
    processes.exit(caller.process());
    iommufd.exited(caller.process());
    open.stream().filter(file -> !processes.isOpen(file)).forEach(iommufd::close);
  }

  private String onMemory(Caller caller, SystemCall call) {
    ProcessId process = caller.process();
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
      Result<FileId> file = iommufd.open(caller, Node.IOMMU);
      return text(file.isOk() ? processes.install(process, file.value()) : Result.err(errno(file)));
    }
    return onFile(caller, call);
  }

  private String onFile(Caller caller, SystemCall call) {
    if (call instanceof SystemCall.Ioctl ioctl) {
      return with(
          caller,
          ioctl.fd(),
          file -> iommufd.ioctl(caller, file, ioctl.command(), ioctl.argument()));
    } else if (call instanceof SystemCall.Read read) {
      return with(
          caller, read.fd(), file -> iommufd.read(caller, file, read.buffer(), read.count()));
    } else if (call instanceof SystemCall.Write write) {
      return with(
          caller, write.fd(), file -> iommufd.write(caller, file, write.buffer(), write.count()));
    } else if (call instanceof SystemCall.Poll poll) {
      return with(caller, poll.fd(), file -> Result.ok(events(iommufd.poll(file))));
    } else if (call instanceof SystemCall.Close close) {
      return close(caller.process(), close.fd());
    }
    throw new IllegalArgumentException("no call on a file: " + call);
  }

  private String close(ProcessId process, int fd) {
    if (processes.descriptor(process, fd) instanceof Descriptor.Closed) {
      return number(Errno.EBADF);
    }
    processes.close(process, fd).ifPresent(iommufd::close);
    return "0";
  }

  private String with(Caller caller, int fd, Function<FileId, Result<Integer>> call) {
    return processes.descriptor(caller.process(), fd) instanceof Descriptor.Ours ours
        ? text(call.apply(ours.file()))
        : number(Errno.EBADF);
  }

  private static int events(Set<Readiness> ready) {
    return (ready.contains(Readiness.READABLE) ? POLLIN : 0)
        | (ready.contains(Readiness.WRITABLE) ? POLLOUT : 0)
        | (ready.contains(Readiness.BROKEN) ? POLLERR : 0);
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
