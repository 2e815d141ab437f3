package org.iommuref.conformance.target;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.iommuref.conformance.program.OpenedNode;
import org.iommuref.conformance.program.Protection;
import org.iommuref.conformance.program.SystemCall;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.program.Answer;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Names;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.iommufd.uapi.Command;
import org.iommuref.spec.iommufd.uapi.Structure;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.jspecify.annotations.Nullable;

/**
 * The system calls that the steps of one program come to, and what their answers mean.
 *
 * <p>Structures lie at 512 MiB of a process, what read and write take 64 KiB behind; regions of
 * iommufd are mapped from 1.5 GiB on.
 */
final class Lowering {

  private static final long STRUCTURE = 0x2000_0000L;
  private static final long BUFFER = 0x2001_0000L;
  private static final int BUFFER_BYTES = 0x1_0000;
  private static final long REGIONS = 0x6000_0000L;
  private static final long PAGE = 0x1000;
  private static final long KIB_IN_PAGE = 4;
  private static final Bytes NOTHING = new Bytes("");

  /** What the first process needs before its first call. */
  static final SystemCall SCRATCH =
      new SystemCall.MapMemory(STRUCTURE, BUFFER - STRUCTURE + BUFFER_BYTES, true);

  private final Names names = new Names();
  private final Map<String, Integer> processes = new HashMap<>(Map.of(ProgramCall.MAIN, 0));
  private final Map<String, Deque<Region>> regions = new HashMap<>();
  private long nextRegion = REGIONS;
  private int failing;
  private int notMet;

  /** System calls, and from their answers to that of the step. */
  record Lowered(List<SystemCall> calls, Function<List<String>, Answer> meaning) {}

  private record Region(long address, long length) {}

  /** What a step comes to. */
  Lowered of(ProgramCall call) {
    int process = process(call.process());
    Lowered plain = ofFile(call);
    return process == 0
        ? plain
        : new Lowered(
            plain.calls().stream().<SystemCall>map(c -> new SystemCall.By(process, c)).toList(),
            plain.meaning());
  }

  /** Keeps what a step names, and returns its answer. */
  Answer learn(ProgramCall call, Answer answer) {
    names.learn(call, answer);
    if (answer.errno() == null && call instanceof ProgramCall.Fork fork) {
      processes.put(fork.child(), (int) answer.result());
    }
    return answer;
  }

  private int process(String name) {
    Integer number = processes.get(name);
    if (number == null) {
      throw new IllegalArgumentException("no process is called " + name);
    }
    return number;
  }

  private Lowered ofFile(ProgramCall call) {
    if (call instanceof ProgramCall.Ioctl ioctl) {
      return ioctl(ioctl);
    } else if (call instanceof ProgramCall.Open open) {
      OpenedNode node = open.node() == Node.VFIO ? OpenedNode.VFIO : OpenedNode.IOMMU;
      return one(new SystemCall.Open(node));
    } else if (call instanceof ProgramCall.Read read) {
      return read(read);
    } else if (call instanceof ProgramCall.Write write) {
      byte[] bytes = PassedStructure.of(write, names);
      String at = write.at();
      if (at != null) {
        return one(new SystemCall.Write(fd(write.file()), names.of(at), bytes.length));
      }
      return new Lowered(
          List.of(put(BUFFER, bytes), new SystemCall.Write(fd(write.file()), BUFFER, bytes.length)),
          answers -> plain(answers.get(1)));
    } else if (call instanceof ProgramCall.Poll poll) {
      return one(new SystemCall.Poll(fd(poll.file())));
    } else if (call instanceof ProgramCall.Close close) {
      return one(new SystemCall.Close(fd(close.file())));
    } else if (call instanceof ProgramCall.MapDevice map) {
      return mapDevice(map);
    } else if (call instanceof ProgramCall.ForgetDevice forget) {
      return forgetDevice(forget);
    } else if (call instanceof ProgramCall.FailNth fail) {
      return failNth(fail.nth());
    }
    return ofMemory(call);
  }

  private Lowered ofMemory(ProgramCall call) {
    if (call instanceof ProgramCall.MapMemory map) {
      return one(new SystemCall.MapMemory(map.address(), map.length(), map.writable()));
    } else if (call instanceof ProgramCall.ForgetMemory forget) {
      return one(new SystemCall.Unmap(forget.address(), forget.length()));
    } else if (call instanceof ProgramCall.Protect protect) {
      return one(new SystemCall.Protect(protect.address(), protect.length(), false));
    } else if (call instanceof ProgramCall.PutMemory put) {
      return one(new SystemCall.Put(put.address(), put.bytes().hex()));
    } else if (call instanceof ProgramCall.GetMemory get) {
      return new Lowered(
          List.of(new SystemCall.Get(get.address(), get.length())),
          answers ->
              answers.get(0).equals("-")
                  ? new Answer(Errno.EFAULT, 0, List.of(), NOTHING)
                  : new Answer(null, 0, List.of(), new Bytes(answers.get(0))));
    } else if (call instanceof ProgramCall.MakeFile make) {
      return one(new SystemCall.MemoryFile(make.length(), make.sealed()));
    } else if (call instanceof ProgramCall.MapFile map) {
      return one(
          new SystemCall.MapFile(map.address(), map.length(), fd(map.file()), 0, true, true));
    } else if (call instanceof ProgramCall.Truncate truncate) {
      return one(new SystemCall.Truncate(fd(truncate.file()), truncate.length()));
    }
    return ofProcess(call);
  }

  private Lowered ofProcess(ProgramCall call) {
    if (call instanceof ProgramCall.Fork) {
      return one(new SystemCall.Fork());
    } else if (call instanceof ProgramCall.Exit) {
      return one(new SystemCall.Exit());
    } else if (call instanceof ProgramCall.Become become) {
      return one(new SystemCall.Become(become.user(), become.rights()));
    } else if (call instanceof ProgramCall.Limit limit) {
      return one(new SystemCall.LimitMemlock(limit.bytes()));
    } else if (call instanceof ProgramCall.Accounts) {
      return new Lowered(List.of(new SystemCall.Account()), answers -> accounts(answers.get(0)));
    }
    throw new IllegalArgumentException("no such call: " + call.op());
  }

  private Lowered ioctl(ProgramCall.Ioctl call) {
    Command command = PassedStructure.commandOf(call);
    byte[] bytes = PassedStructure.of(call, names);
    String at = call.at();
    int number = command == null ? Integer.decode(call.command()) : command.number();
    SystemCall ioctl = ioctl(fd(call.file()), number, at == null ? STRUCTURE : names.of(at));
    if (at != null || command == null) {
      return new Lowered(List.of(put(STRUCTURE, bytes), ioctl), answers -> result(answers.get(1)));
    }
    Structure structure = command.structure();
    return new Lowered(
        List.of(put(STRUCTURE, bytes), ioctl, new SystemCall.Get(STRUCTURE, bytes.length)),
        answers -> {
          Answer result = result(answers.get(1));
          byte[] after = HexFormat.of().parseHex(answers.get(2));
          return new Answer(
              result.errno(), result.result(), PassedStructure.fieldsOf(structure, after), NOTHING);
        });
  }

  private SystemCall ioctl(int fd, int command, long argument) {
    int nth = failing;
    return nth == 0
        ? new SystemCall.Ioctl(fd, command, argument)
        : new SystemCall.FailingIoctl(fd, command, argument, nth);
  }

  /** The answer of an ioctl in which an allocation was to fail says how many were still to come. */
  private Answer result(String answer) {
    String[] words = answer.split(" ", -1);
    if (words.length > 1) {
      failing = 0;
      notMet = Integer.parseInt(words[1]);
    }
    return plain(words[0]);
  }

  private Lowered failNth(int nth) {
    int left = failing == 0 ? notMet : failing;
    failing = nth;
    notMet = 0;
    return new Lowered(List.of(), answers -> new Answer(null, left, List.of(), NOTHING));
  }

  private Lowered read(ProgramCall.Read call) {
    String at = call.at();
    if (at != null) {
      return one(new SystemCall.Read(fd(call.file()), names.of(at), call.length()));
    }
    int shown = Math.min(call.length(), BUFFER_BYTES);
    String name = call.structure();
    Structure structure = name == null ? null : Uapi.linux().structure(name);
    return new Lowered(
        List.of(
            new SystemCall.Read(fd(call.file()), BUFFER, call.length()),
            new SystemCall.Get(BUFFER, shown)),
        answers -> read(plain(answers.get(0)), answers.get(1), structure));
  }

  private static Answer read(Answer result, String buffer, @Nullable Structure structure) {
    Bytes bytes = new Bytes(buffer.substring(0, 2 * (int) result.result()));
    List<Argument> fields =
        structure == null ? List.of() : PassedStructure.fieldsOf(structure, bytes.toArray());
    return new Answer(result.errno(), result.result(), fields, bytes);
  }

  private Lowered mapDevice(ProgramCall.MapDevice call) {
    long address = nextRegion;
    long length = (call.length() + PAGE - 1) & -PAGE;
    nextRegion += length + PAGE;
    long offset = names.of(call.offset());
    return new Lowered(
        List.of(
            new SystemCall.MapFile(
                address,
                call.length(),
                fd(call.file()),
                offset,
                call.executable() ? Protection.EXECUTE : Protection.READ,
                call.shared()),
            new SystemCall.Get(address, call.look())),
        answers -> {
          Answer result = plain(answers.get(0));
          if (result.errno() != null) {
            return result;
          }
          regions
              .computeIfAbsent(call.file() + " " + offset, key -> new ArrayDeque<>())
              .push(new Region(address, length));
          return new Answer(null, 0, List.of(), new Bytes(answers.get(1)));
        });
  }

  private Lowered forgetDevice(ProgramCall.ForgetDevice call) {
    Deque<Region> mapped = regions.get(call.file() + " " + names.of(call.offset()));
    if (mapped == null || mapped.isEmpty()) {
      throw new IllegalArgumentException("nothing of " + call.file() + " is mapped there");
    }
    Region region = mapped.pop();
    return one(new SystemCall.Unmap(region.address(), region.length()));
  }

  private int fd(String file) {
    return (int) names.of("$" + file);
  }

  private static SystemCall put(long address, byte[] bytes) {
    return new SystemCall.Put(address, HexFormat.of().formatHex(bytes));
  }

  private static Lowered one(SystemCall call) {
    return new Lowered(List.of(call), answers -> plain(answers.get(0)));
  }

  private static Answer accounts(String answer) {
    List<Argument> fields =
        Stream.of("pinned", "locked")
            .map(
                name ->
                    Argument.of(
                        name,
                        Long.parseLong(answer.split(" ", -1)[name.equals("pinned") ? 0 : 1])
                            / KIB_IN_PAGE))
            .toList();
    return new Answer(null, 0, fields, NOTHING);
  }

  private static Answer plain(String answer) {
    long result = Long.parseLong(answer);
    return result < 0
        ? new Answer(Errno.numbered((int) -result), 0, List.of(), NOTHING)
        : new Answer(null, result, List.of(), NOTHING);
  }
}
