package org.iommuref.model.iommufd.vfio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.ioctl.OtherCommand;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One call of a command of a VFIO container: its structure, which begins with {@code argsz} and
 * {@code flags}, and the IOAS that it acts on.
 */
public final class VfioCall {

  private final Context context;
  private final Caller caller;
  private final long argument;
  private ByteBuffer structure = ByteBuffer.allocate(0);
  private @Nullable Ioas ioas;

  /** What a command does once its checks have passed. */
  @FunctionalInterface
  interface Body {

    /** Runs, and yields what the call returns. */
    Result<Integer> run(VfioCall call);
  }

  private VfioCall(Context context, Caller caller, long argument) {
    this.context = context;
    this.caller = caller;
    this.argument = argument;
  }

  /** A command that checks, runs, and lets the IOAS go. */
  static OtherCommand command(String name, int number, CheckList<VfioCall> checks, Body body) {
    return new OtherCommand(
        name,
        number,
        List.of(checks),
        (context, caller, argument) -> {
          VfioCall call = new VfioCall(context, caller, argument);
          Errno refusal = checks.refusal(context.kernel(), call);
          Result<Integer> result = refusal == null ? body.run(call) : Result.err(refusal);
          call.release();
          return result;
        });
  }

  /** What a call returns that yields nothing else than its error. */
  static Result<Integer> returning(@Nullable Errno failure) {
    return failure == null ? Result.ok(0) : Result.err(failure);
  }

  Context context() {
    return context;
  }

  Caller caller() {
    return caller;
  }

  /** The argument as it was passed. */
  long argument() {
    return argument;
  }

  /** Reads the structure in, and returns whether it cannot be read. */
  boolean isUnreadable(int length) {
    var copied = context.kernel().processes().copyIn(caller.process(), argument, length);
    if (copied.isOk()) {
      structure = ByteBuffer.wrap(copied.value()).order(ByteOrder.LITTLE_ENDIAN);
    }
    return !copied.isOk();
  }

  /** The size that the caller gives. */
  long argsz() {
    return Integer.toUnsignedLong(structure.getInt(0));
  }

  int flags() {
    return structure.getInt(4);
  }

  long u64(int offset) {
    return structure.getLong(offset);
  }

  void setU64(int offset, long value) {
    structure.putLong(offset, value);
  }

  /** Writes the structure back. EFAULT, or null. */
  @Nullable Errno respond() {
    return copyOut(0, structure, structure.capacity());
  }

  /** Writes the first bytes of a buffer behind the beginning of the structure. EFAULT, or null. */
  @Nullable Errno copyOut(long offset, ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(0, bytes);
    var processes = context.kernel().processes();
    return processes.copyOut(caller.process(), argument + offset, bytes).errno();
  }

  /** Takes the IOAS of the container, and returns whether there is none. */
  boolean missesIoas() {
    ioas = VfioContainer.of(context).get();
    return ioas == null;
  }

  /** The IOAS that a check has taken. */
  Ioas ioas() {
    return Objects.requireNonNull(ioas);
  }

  private void release() {
    if (ioas != null) {
      context.objects().put(ioas);
    }
  }
}
