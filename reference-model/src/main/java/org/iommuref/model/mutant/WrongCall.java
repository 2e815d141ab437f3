package org.iommuref.model.mutant;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.uapi.Command;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.jspecify.annotations.Nullable;

/** One command of iommufd that is wrong in what it takes, does or answers. */
abstract class WrongCall extends ForwardingIommufd {

  private final Iommufd right;
  private final Processes processes;
  private final Command command;

  WrongCall(Iommufd right, Processes processes, String command) {
    super(right);
    this.right = right;
    this.processes = processes;
    this.command = Uapi.linux().command(command);
  }

  /** A field is taken for another value. */
  static WrongKernel taking(String command, String field, LongUnaryOperator other) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Long given = get(caller, argument, field);
                if (given == null) {
                  return right(caller, file, argument);
                }
                set(caller, argument, field, other.applyAsLong(given));
                Result<Integer> result = right(caller, file, argument);
                Long after = get(caller, argument, field);
                if (after != null && after == other.applyAsLong(given)) {
                  set(caller, argument, field, given);
                }
                return result;
              }
            });
  }

  /** A field of the answer is another value. */
  static WrongKernel answering(String command, String field, LongUnaryOperator other) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Result<Integer> result = right(caller, file, argument);
                Long answer = get(caller, argument, field);
                if (result.isOk() && answer != null) {
                  set(caller, argument, field, other.applyAsLong(answer));
                }
                return result;
              }
            });
  }

  /** The call does nothing, and says that it succeeded. */
  static WrongKernel doingNothing(String command) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                return Result.ok(0);
              }
            });
  }

  /** The call does its work, and fails. */
  static WrongKernel failing(String command, Errno errno) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Result<Integer> result = right(caller, file, argument);
                return result.isOk() ? Result.err(errno) : result;
              }
            });
  }

  /** The call fails with another errno in place of one. */
  static WrongKernel failing(String command, Errno errno, Errno other) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Result<Integer> result = right(caller, file, argument);
                return result.errno() == errno ? Result.err(other) : result;
              }
            });
  }

  /** The call succeeds in place of failing with an errno. */
  static WrongKernel forgiving(String command, Errno errno) {
    return WrongKernel.above(
        (iommufd, processes) ->
            new WrongCall(iommufd, processes, command) {
              @Override
              Result<Integer> call(Caller caller, FileId file, long argument) {
                Result<Integer> result = right(caller, file, argument);
                return result.errno() == errno ? Result.ok(0) : result;
              }
            });
  }

  /** The call is another. */
  static WrongKernel changed(String command, Function<OneCall, Result<Integer>> change) {
    return WrongKernel.above((iommufd, processes) -> of(iommufd, processes, command, change));
  }

  /** iommufd whose one command is another. */
  static WrongCall of(
      Iommufd right,
      Processes processes,
      String command,
      Function<OneCall, Result<Integer>> change) {
    return new WrongCall(right, processes, command) {
      @Override
      Result<Integer> call(Caller caller, FileId file, long argument) {
        return change.apply(new OneCall(this, caller, file, argument));
      }
    };
  }

  /** The call is refused where it should not be, or not yet. */
  static WrongKernel refusing(String command, Predicate<OneCall> when, Errno errno) {
    return changed(command, call -> when.test(call) ? Result.err(errno) : call.right());
  }

  /** Another call at the address of one: what lies there comes back afterwards. */
  final Result<Long> also(OneCall beside, String name, Map<String, Long> fields, String answer) {
    Command other = Uapi.linux().command(name);
    byte[] structure = other.blank();
    fields.forEach((field, value) -> other.structure().set(structure, field, value));
    var process = beside.caller().process();
    Result<byte[]> saved = processes.copyIn(process, beside.argument(), structure.length);
    if (!saved.isOk() || !processes.copyOut(process, beside.argument(), structure).isOk()) {
      return Result.err(Errno.EFAULT);
    }
    Result<Integer> result =
        right.ioctl(beside.caller(), beside.file(), other.number(), beside.argument());
    Result<byte[]> after = processes.copyIn(process, beside.argument(), structure.length);
    var ignored = processes.copyOut(process, beside.argument(), saved.value());
    return result.isOk()
        ? Result.ok(other.structure().get(after.value(), answer))
        : Result.err(Objects.requireNonNull(result.errno()));
  }

  /** What comes of a call of the command. */
  abstract Result<Integer> call(Caller caller, FileId file, long argument);

  @Override
  public final Result<Integer> ioctl(Caller caller, FileId file, int number, long argument) {
    return isMeant(caller, number, argument)
        ? call(caller, file, argument)
        : right.ioctl(caller, file, number, argument);
  }

  private boolean isMeant(Caller caller, int number, long argument) {
    if (number != command.number()) {
      return false;
    }
    Long op = command.operation().isPresent() ? get(caller, argument, "op") : null;
    return command.operation().isEmpty() || (op != null && op == command.operation().getAsInt());
  }

  /** The call as it should be. */
  final Result<Integer> right(Caller caller, FileId file, long argument) {
    return right.ioctl(caller, file, command.number(), argument);
  }

  /** 8 bytes of the caller's memory; 0 if they cannot be read. */
  final long peek(Caller caller, long address) {
    var bytes = processes.copyIn(caller.process(), address, Long.BYTES);
    return bytes.isOk()
        ? ByteBuffer.wrap(bytes.value()).order(ByteOrder.LITTLE_ENDIAN).getLong()
        : 0;
  }

  /** Whether the caller's memory can be written at an address. */
  final boolean isWritable(Caller caller, long address) {
    var byteThere = processes.copyIn(caller.process(), address, 1);
    return byteThere.isOk()
        && processes.copyOut(caller.process(), address, byteThere.value()).isOk();
  }

  /** Whether 8 bytes of the caller's memory can be read. */
  final boolean isReadable(Caller caller, long address) {
    return processes.copyIn(caller.process(), address, Long.BYTES).isOk();
  }

  /** Changes 8 bytes of the caller's memory, if they can be written. */
  final void poke(Caller caller, long address, long number) {
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    var ignored = processes.copyOut(caller.process(), address, bytes);
  }

  /** A field of the structure, or null if it cannot be read. */
  final @Nullable Long get(Caller caller, long argument, String field) {
    var place = command.structure().place(field);
    var bytes = processes.copyIn(caller.process(), argument + place.offset(), place.width());
    if (!bytes.isOk()) {
      return null;
    }
    byte[] whole = new byte[command.structure().size()];
    System.arraycopy(bytes.value(), 0, whole, place.offset(), place.width());
    return command.structure().get(whole, field);
  }

  /** Changes a field of the structure, if it can be written. */
  final void set(Caller caller, long argument, String field, long value) {
    var place = command.structure().place(field);
    byte[] whole = new byte[command.structure().size()];
    command.structure().set(whole, field, value);
    byte[] bytes = new byte[place.width()];
    System.arraycopy(whole, place.offset(), bytes, 0, place.width());
    var ignored = processes.copyOut(caller.process(), argument + place.offset(), bytes);
  }
}
