package org.iommuref.model.iommufd;

import java.util.Arrays;
import java.util.Objects;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.Tail;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** A call that is being read in. Linux: copy_struct_from_user. */
public final class Entry {

  private final Context context;
  private final Caller caller;
  private final long argument;
  private final @Nullable Command command;
  private int userSize;
  private @Nullable Tail tail;
  private byte @Nullable [] structure;

  Entry(Context context, Caller caller, long argument, @Nullable Command command) {
    this.context = context;
    this.caller = caller;
    this.argument = argument;
    this.command = command;
  }

  @Nullable Command command() {
    return command;
  }

  /** Reads the size that the caller gives; false if it cannot be read. */
  boolean readSize() {
    Result<byte[]> size = copyIn(argument, Integer.BYTES);
    if (!size.isOk()) {
      return false;
    }
    byte[] bytes = size.value();
    userSize =
        (bytes[0] & 0xff)
            | (bytes[1] & 0xff) << 8
            | (bytes[2] & 0xff) << 16
            | (bytes[3] & 0xff) << 24;
    return true;
  }

  boolean isTooShort() {
    return Integer.compareUnsigned(userSize, layoutMinimum()) < 0;
  }

  /** Reads what lies behind the structure that the kernel knows; false if that cannot be. */
  boolean readTail() {
    return tail().readable();
  }

  boolean hasTail() {
    return !tail().zero();
  }

  /** Reads the structure; false if it cannot be read. */
  boolean readBody() {
    int length = (int) Math.min(Integer.toUnsignedLong(userSize), layoutSize());
    Result<byte[]> body = copyIn(argument, length);
    if (!body.isOk()) {
      return false;
    }
    structure = Arrays.copyOf(body.value(), layoutSize());
    return true;
  }

  Ucmd ucmd() {
    return new Ucmd(context, caller, argument, userSize, Objects.requireNonNull(structure));
  }

  private Tail tail() {
    if (tail == null) {
      Processes processes = context.kernel().processes();
      long length = Integer.toUnsignedLong(userSize) - layoutSize();
      tail = Tail.at(processes, caller.process(), argument + layoutSize(), length);
    }
    return tail;
  }

  private Result<byte[]> copyIn(long address, int length) {
    Processes processes = context.kernel().processes();
    return processes.copyIn(caller.process(), address, length);
  }

  private int layoutSize() {
    return Objects.requireNonNull(command).layout().size();
  }

  private int layoutMinimum() {
    return Objects.requireNonNull(command).layout().minimum();
  }
}
