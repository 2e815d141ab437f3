package org.iommuref.model.iommufd.ioctl;

import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;

import java.util.Arrays;
import java.util.Objects;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** Data of a driver in the memory of a caller. Linux: struct iommu_user_data. */
public record CallUserData(Ucmd ucmd, int type, long address, int length) implements UserData {

  /** What is asked of data that a driver reads. */
  public static final CheckList<Copy> CHECKS =
      new CheckList<>(
          "iommu_copy_struct_from_user",
          Checks.<Copy>inOrder()
              .when("UAPI-064", "the type is another", Copy::isOfOtherType, EINVAL)
              .when("UAPI-065", "the data are too short", Copy::isTooShort, EINVAL)
              .when("UAPI-065", "the data are too long", Copy::isTooLong, EINVAL)
              .needs("UAPI-067", "the data cannot be read", c -> !c.read(), EFAULT));

  @Override
  public Result<byte[]> copyIn(int expected, int minimum, int known) {
    Copy copy = new Copy(this, expected, minimum, known);
    Errno refusal = CHECKS.refusal(ucmd.kernel(), copy);
    return refusal == null
        ? Result.ok(Arrays.copyOf(copy.bytes(), known)) // UAPI-066
        : Result.err(refusal);
  }

  @Override
  public Result<Done> copyOut(int expected, int minimum, byte[] structure) {
    Copy copy = new Copy(this, expected, minimum, structure.length);
    if (copy.isOfOtherType() || copy.isTooShort() || copy.isTooLong()) {
      return Result.err(EINVAL);
    }
    Errno fault = ucmd.copyOut(address, Arrays.copyOf(structure, length)); // UAPI-070
    return fault == null ? Result.done() : Result.err(fault);
  }

  /** One copy by a driver that takes structures of a type, from the first version on. */
  public static final class Copy {

    private final CallUserData data;
    private final int type;
    private final int minimum;
    private final int known;
    private byte @Nullable [] bytes;

    private Copy(CallUserData data, int type, int minimum, int known) {
      this.data = data;
      this.type = type;
      this.minimum = minimum;
      this.known = known;
    }

    private boolean isOfOtherType() {
      return data.type != type;
    }

    private boolean isTooShort() {
      return Integer.compareUnsigned(data.length, minimum) < 0;
    }

    private boolean isTooLong() {
      return Integer.compareUnsigned(data.length, known) > 0;
    }

    private boolean read() {
      bytes = data.ucmd.copyIn(data.address, data.length);
      return bytes != null;
    }

    private byte[] bytes() {
      return Objects.requireNonNull(bytes);
    }
  }
}
