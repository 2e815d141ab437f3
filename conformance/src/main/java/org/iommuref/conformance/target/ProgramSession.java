package org.iommuref.conformance.target;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.call.FileCall.Account;
import org.iommuref.spec.iommufd.program.Answer;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Names;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.iommufd.uapi.Command;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.step.HangException;
import org.jspecify.annotations.Nullable;

/** A program that runs on simulated processes, call by call. */
final class ProgramSession implements Session {

  private static final int POLLIN = 1;
  private static final int POLLOUT = 4;
  private static final int POLLERR = 8;
  private static final Bytes NOTHING = new Bytes("");

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final IommufdKernel kernel;
  private final Names names = new Names();
  private final Map<String, ProgramProcess> running = new HashMap<>();
  private final Set<FileId> opened = new TreeSet<>();

  ProgramSession(Function<Processes, IommufdKernel> start) {
    this.kernel = start.apply(processes);
    running.put(ProgramCall.MAIN, ProgramProcess.started(processes));
  }

  @Override
  @SuppressWarnings("unchecked") // every call of a program yields an Answer
  public <V> Reply<V> execute(Operation<V> operation) {
    if (!(operation instanceof ProgramCall call)) {
      return new Reply.Unsupported<>("no call of a program");
    }
    try {
      Answer answer = make(call);
      names.learn(call, answer);
      return (Reply<V>) Reply.ok(answer);
    } catch (HangException hang) {
      return new Reply.Lost<>(Loss.TIMEOUT, String.valueOf(hang.getMessage()));
    } catch (RuntimeException | AssertionError crash) {
      return new Reply.Lost<>(Loss.CRASH, crash.toString());
    }
  }

  @Override
  public void close() {}

  private Answer make(ProgramCall call) {
    ProgramProcess process = process(call.process());
    if (call instanceof ProgramCall.Ioctl ioctl) {
      return ioctl(process, ioctl);
    } else if (call instanceof ProgramCall.Open open) {
      return open(process, open);
    } else if (call instanceof ProgramCall.Read read) {
      return read(process, read);
    } else if (call instanceof ProgramCall.Write write) {
      return write(process, write);
    } else if (call instanceof ProgramCall.Poll poll) {
      return onFile(process, poll.file(), file -> Result.ok(events(file)));
    } else if (call instanceof ProgramCall.Close close) {
      return close(process, (int) names.of("$" + close.file()));
    } else if (call instanceof ProgramCall.MapDevice map) {
      return mapDevice(process, map);
    } else if (call instanceof ProgramCall.ForgetDevice map) {
      return onFile(process, map.file(), file -> unmapDevice(file, map.offset()));
    } else if (call instanceof ProgramCall.Accounts) {
      Account account = kernel.account(process.id());
      return answer(
          0,
          List.of(
              Argument.of("pinned", account.pinned()), Argument.of("locked", account.locked())));
    } else if (call instanceof ProgramCall.FailNth fail) {
      int left = kernel.failNth();
      kernel.setFailNth(fail.nth());
      return answer(left, List.of());
    }
    return ofProcess(process, call);
  }

  /** What changes a process and its memory, without iommufd. */
  private Answer ofProcess(ProgramProcess process, ProgramCall call) {
    if (call instanceof ProgramCall.MapMemory map) {
      processes.mapAnonymous(process.id(), map.address(), map.length(), map.writable());
    } else if (call instanceof ProgramCall.ForgetMemory forget) {
      processes.unmap(process.id(), forget.address(), forget.length());
    } else if (call instanceof ProgramCall.Protect protect) {
      processes.protect(process.id(), protect.address(), protect.length(), false);
    } else if (call instanceof ProgramCall.PutMemory put) {
      return of(done(processes.copyOut(process.id(), put.address(), put.bytes().toArray())));
    } else if (call instanceof ProgramCall.GetMemory get) {
      Result<byte[]> bytes = processes.copyIn(process.id(), get.address(), get.length());
      return bytes.isOk()
          ? new Answer(null, 0, List.of(), Bytes.of(bytes.value()))
          : failed(errno(bytes));
    } else if (call instanceof ProgramCall.MakeFile make) {
      return answer(processes.memoryFile(process.id(), make.length()), List.of());
    } else if (call instanceof ProgramCall.MapFile map) {
      int file = (int) names.of("$" + map.file());
      processes.mapFile(process.id(), map.address(), map.length(), file, 0, true, true);
    } else if (call instanceof ProgramCall.Truncate truncate) {
      int file = (int) names.of("$" + truncate.file());
      processes.truncate(process.id(), file, truncate.length());
    } else if (call instanceof ProgramCall.Fork fork) {
      running.put(
          fork.child(),
          new ProgramProcess(processes.fork(process.id()), process.user(), process.rights()));
    } else if (call instanceof ProgramCall.Exit) {
      exit(call.process(), process);
    } else if (call instanceof ProgramCall.Become become) {
      running.put(call.process(), new ProgramProcess(process.id(), become.user(), become.rights()));
    } else if (call instanceof ProgramCall.Limit limit) {
      processes.limitMemlock(process.id(), limit.bytes());
    } else {
      throw new IllegalArgumentException("no such call: " + call.op());
    }
    return answer(0, List.of());
  }

  private ProgramProcess process(String name) {
    ProgramProcess process = running.get(name);
    if (process == null) {
      throw new IllegalArgumentException("no process is called " + name);
    }
    return process;
  }

  private Answer ioctl(ProgramProcess process, ProgramCall.Ioctl call) {
    Command command = PassedStructure.commandOf(call);
    byte[] bytes = PassedStructure.of(call, names);
    String at = call.at();
    long argument = at == null ? ProgramProcess.STRUCTURE : names.of(at);
    int number = command == null ? Integer.decode(call.command()) : command.number();
    processes.write(process.id(), ProgramProcess.STRUCTURE, bytes);
    Answer answer =
        onFile(
            process,
            call.file(),
            file -> kernel.iommufd().ioctl(process.caller(), file, number, argument));
    if (at != null || command == null) {
      return answer;
    }
    byte[] after = processes.read(process.id(), ProgramProcess.STRUCTURE, bytes.length);
    return new Answer(
        answer.errno(),
        answer.result(),
        PassedStructure.fieldsOf(command.structure(), after),
        NOTHING);
  }

  private Answer open(ProgramProcess process, ProgramCall.Open call) {
    Result<FileId> file = kernel.iommufd().open(process.caller(), call.node());
    if (!file.isOk()) {
      return failed(errno(file));
    }
    opened.add(file.value());
    return of(processes.install(process.id(), file.value()));
  }

  private Answer read(ProgramProcess process, ProgramCall.Read call) {
    Answer answer =
        onFile(
            process,
            call.file(),
            file ->
                kernel
                    .iommufd()
                    .read(process.caller(), file, ProgramProcess.BUFFER, call.length()));
    byte[] bytes = processes.read(process.id(), ProgramProcess.BUFFER, (int) answer.result());
    String structure = call.structure();
    List<Argument> fields =
        structure == null
            ? List.of()
            : PassedStructure.fieldsOf(Uapi.linux().structure(structure), bytes);
    return new Answer(answer.errno(), answer.result(), fields, Bytes.of(bytes));
  }

  private Answer write(ProgramProcess process, ProgramCall.Write call) {
    byte[] bytes = PassedStructure.of(call, names);
    processes.write(process.id(), ProgramProcess.BUFFER, bytes);
    return onFile(
        process,
        call.file(),
        file ->
            kernel.iommufd().write(process.caller(), file, ProgramProcess.BUFFER, bytes.length));
  }

  private int events(FileId file) {
    Set<Readiness> ready = kernel.iommufd().poll(file);
    return (ready.contains(Readiness.READABLE) ? POLLIN : 0)
        | (ready.contains(Readiness.WRITABLE) ? POLLOUT : 0)
        | (ready.contains(Readiness.BROKEN) ? POLLERR : 0);
  }

  private Answer close(ProgramProcess process, int number) {
    if (processes.descriptor(process.id(), number) instanceof Descriptor.Closed) {
      return failed(Errno.EBADF);
    }
    processes.close(process.id(), number).ifPresent(kernel.iommufd()::close);
    return answer(0, List.of());
  }

  private Answer mapDevice(ProgramProcess process, ProgramCall.MapDevice call) {
    FileId file = file(process, call.file());
    if (file == null) {
      return failed(Errno.EBADF);
    }
    Result<long[]> frames =
        kernel
            .iommufd()
            .mmap(
                process.caller(),
                file,
                names.of(call.offset()),
                call.length(),
                call.shared(),
                call.executable());
    if (!frames.isOk()) {
      return failed(errno(frames));
    }
    byte[] first = kernel.mappedFrame(frames.value()[0]);
    return new Answer(null, 0, List.of(), Bytes.of(Arrays.copyOf(first, call.look())));
  }

  private Result<Integer> unmapDevice(FileId file, String offset) {
    return done(kernel.iommufd().munmap(file, names.of(offset)));
  }

  private void exit(String name, ProgramProcess process) {
    Predicate<FileId> wasOpen = processes::isOpen;
    List<FileId> before = opened.stream().filter(wasOpen).toList();
    processes.exit(process.id());
    before.stream().filter(wasOpen.negate()).forEach(kernel.iommufd()::close);
    kernel.iommufd().exited(process.id());
    running.remove(name);
  }

  private Answer onFile(
      ProgramProcess process, String file, Function<FileId, Result<Integer>> call) {
    FileId found = file(process, file);
    return found == null ? failed(Errno.EBADF) : of(call.apply(found));
  }

  private @Nullable FileId file(ProgramProcess process, String name) {
    int number = (int) names.of("$" + name);
    if (processes.descriptor(process.id(), number) instanceof Descriptor.Ours ours) {
      opened.add(ours.file());
      return ours.file();
    }
    return null;
  }

  private static Answer of(Result<Integer> result) {
    return result.isOk() ? answer(result.value(), List.of()) : failed(errno(result));
  }

  /** 0 where a call of Linux returns no more than that it succeeded. */
  private static Result<Integer> done(Result<?> result) {
    return result.isOk() ? Result.ok(0) : Result.err(errno(result));
  }

  private static Answer answer(long result, List<Argument> fields) {
    return new Answer(null, result, fields, NOTHING);
  }

  private static Answer failed(Errno errno) {
    return new Answer(errno, 0, List.of(), NOTHING);
  }

  private static Errno errno(Result<?> result) {
    Errno errno = result.errno();
    return errno == null ? Errno.EIO : errno;
  }
}
