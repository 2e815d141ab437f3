package org.iommuref.model.iommufd.ioctl;

import static org.iommuref.spec.errno.Errno.E2BIG;
import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;

import java.util.Objects;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * An array in the memory of a caller.
 *
 * @param address of the first entry
 * @param length of each entry, in bytes
 */
public record CallUserDataArray(Ucmd ucmd, int type, long address, int length, int entries)
    implements UserDataArray {

  /** What is asked of an array that a driver reads as a whole. */
  public static final CheckList<Whole> WHOLE =
      new CheckList<>(
          "iommu_copy_struct_from_full_user_array",
          Checks.<Whole>inOrder()
              .when("UAPI-068", "the type is another", Whole::isOfOtherType, EINVAL)
              .when("UAPI-068", "there is no entry", Whole::isEmpty, EINVAL));

  /** What is asked of each of its entries. Linux: copy_struct_from_user. */
  public static final CheckList<Entry> ENTRY =
      new CheckList<>(
          "iommu_copy_struct_from_user_entry",
          Checks.<Entry>inOrder()
              .when("UAPI-069", "what is behind cannot be read", e -> !e.tail().readable(), EFAULT)
              .when("UAPI-069", "what is behind is not zero", e -> !e.tail().zero(), E2BIG)
              .needs("UAPI-067", "the entry cannot be read", e -> !e.read(), EFAULT));

  @Override
  public Result<byte[]> copyIn(int index, int expected, int minimum, int known) {
    return new CallUserData(ucmd, type, addressOf(index), length).copyIn(expected, minimum, known);
  }

  @Override
  public Result<byte[]> copyAllIn(int expected, int known) {
    Errno refusal = WHOLE.refusal(ucmd.kernel(), new Whole(this, expected));
    if (refusal != null) {
      return Result.err(refusal);
    }
    byte[] all = new byte[entries * known];
    for (int index = 0; index < entries; index++) {
      Entry entry = new Entry(this, index, known);
      refusal = ENTRY.refusal(ucmd.kernel(), entry);
      if (refusal != null) {
        return Result.err(refusal);
      }
      System.arraycopy(entry.bytes(), 0, all, index * known, entry.bytes().length);
    }
    return Result.ok(all);
  }

  private long addressOf(int index) {
    return address + (long) length * index;
  }

  /**
   * All entries, copied by a driver at once.
   *
   * @param expected the type that the driver takes
   */
  public record Whole(CallUserDataArray array, int expected) {

    private boolean isOfOtherType() {
      return array.type != expected;
    }

    private boolean isEmpty() {
      return array.entries == 0;
    }
  }

  /** One entry of an array that is copied at once. */
  public static final class Entry {

    private final CallUserDataArray array;
    private final int index;
    private final int known;
    private @Nullable Tail tail;
    private byte @Nullable [] bytes;

    private Entry(CallUserDataArray array, int index, int known) {
      this.array = array;
      this.index = index;
      this.known = known;
    }

    private Tail tail() {
      if (tail == null) {
        tail =
            Tail.at(
                array.ucmd.kernel().processes(),
                array.ucmd.caller().process(),
                array.addressOf(index) + known,
                array.length - known);
      }
      return tail;
    }

    private boolean read() {
      bytes = array.ucmd.copyIn(array.addressOf(index), Math.min(known, array.length));
      return bytes != null;
    }

    private byte[] bytes() {
      return Objects.requireNonNull(bytes);
    }
  }
}
