package org.iommuref.model.iommufd.ioctl;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One call of a command: its structure, the objects that it holds meanwhile, and its answer. Linux:
 * struct iommufd_ucmd.
 */
public final class Ucmd {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final Context context;
  private final Caller caller;
  private final long buffer;
  private final int userSize;
  private final byte[] structure;
  private final List<Held> held = new ArrayList<>(2);
  private @Nullable ObjectBody newObject;
  private int answer;

  private record Held(Field field, ObjectBody body) {}

  /**
   * A call.
   *
   * @param buffer the address of the structure in the caller's memory
   * @param userSize the size that the caller gave
   * @param structure as long as the kernel knows it, zero where the caller gave less
   */
  public Ucmd(Context context, Caller caller, long buffer, int userSize, byte[] structure) {
    this.context = context;
    this.caller = caller;
    this.buffer = buffer;
    this.userSize = userSize;
    this.structure = structure;
  }

  /** The context that it is made on. */
  public Context context() {
    return context;
  }

  /** The kernel around it. */
  public Kernel kernel() {
    return context.kernel();
  }

  /** Who makes it. */
  public Caller caller() {
    return caller;
  }

  /** A field of 1, 2 or 4 bytes, or the low half of one of 8. */
  public int u32(Field field) {
    return (int) u64(field);
  }

  /** A field, unsigned. */
  public long u64(Field field) {
    int offset = field.offset();
    return switch (field.width()) {
      case 1 -> structure[offset] & 0xffL;
      case 2 -> (short) SHORTS.get(structure, offset) & 0xffffL;
      case 4 -> (int) INTS.get(structure, offset) & 0xffff_ffffL;
      default -> (long) LONGS.get(structure, offset);
    };
  }

  /** Whether a field has a bit set that is not among the bits known. */
  public boolean hasUnknown(Field flags, int known) {
    return (u32(flags) & ~known) != 0;
  }

  /** Sets a field for the answer. */
  public void set(Field field, long value) {
    int offset = field.offset();
    switch (field.width()) {
      case 1 -> structure[offset] = (byte) value;
      case 2 -> SHORTS.set(structure, offset, (short) value);
      case 4 -> INTS.set(structure, offset, (int) value);
      default -> LONGS.set(structure, offset, value);
    }
  }

  /**
   * iommufd_ucmd_respond: writes back as much of the structure as the caller has room for. EFAULT,
   * or null.
   */
  public @Nullable Errno respond() {
    int length = (int) Math.min(Integer.toUnsignedLong(userSize), structure.length);
    return copyOut(buffer, Arrays.copyOf(structure, length));
  }

  /** Writes one field back and nothing else. EFAULT, or null. */
  public @Nullable Errno respondWith(Field field) {
    return copyOut(
        buffer + field.offset(), Arrays.copyOfRange(structure, field.offset(), field.end()));
  }

  /** copy_to_user of the caller. EFAULT, or null. */
  public @Nullable Errno copyOut(long address, byte[] bytes) {
    return kernel().processes().copyOut(caller.process(), address, bytes).errno();
  }

  /** copy_from_user of the caller; null is EFAULT. */
  public byte @Nullable [] copyIn(long address, int length) {
    var copied = kernel().processes().copyIn(caller.process(), address, length);
    return copied.isOk() ? copied.value() : null;
  }

  /** Sets what the call returns where that is not 0. */
  public void answer(int value) {
    answer = value;
  }

  /** What the call returns if it succeeds. */
  public int answer() {
    return answer;
  }

  /**
   * Looks up the object that a field names and holds it until the call ends, and returns whether
   * there is none: no such id, or an object of another type.
   */
  public boolean misses(Field field, Class<?> type) {
    for (Held each : held) {
      if (each.field().equals(field)) {
        return !type.isInstance(each.body());
      }
    }
    Object found = context.objects().get(u32(field), type);
    if (found == null) {
      return true;
    }
    held.add(new Held(field, (ObjectBody) found));
    return false;
  }

  /** The object that a check has found under a field. */
  public <T> T held(Field field, Class<T> type) {
    for (Held each : held) {
      if (each.field().equals(field)) {
        return type.cast(each.body());
      }
    }
    throw new IllegalStateException("no check has looked up " + field.name());
  }

  /** Lets the object under a field go before the call ends. */
  public void release(Field field) {
    for (Held each : held) {
      if (each.field().equals(field)) {
        held.remove(each);
        context.objects().put(each.body());
        return;
      }
    }
  }

  /** Lets all objects go, those taken last first. */
  public void releaseAll() {
    for (int index = held.size() - 1; index >= 0; index--) {
      context.objects().put(held.get(index).body());
    }
    held.clear();
  }

  /** The object that the call makes: it is published if the call succeeds, else destroyed. */
  public <T extends ObjectBody> T makes(T made) {
    if (newObject != null) {
      throw new IllegalStateException("a call makes two objects: " + made.object());
    }
    newObject = made;
    return made;
  }

  /** Publishes the object that was made, or destroys it if the call has failed. */
  public void complete(@Nullable Errno failure) {
    if (newObject == null) {
      return;
    }
    if (failure == null) {
      context.objects().finish(Objects.requireNonNull(newObject));
    } else {
      context.objects().abortAndDestroy(newObject);
    }
    newObject = null;
  }
}
