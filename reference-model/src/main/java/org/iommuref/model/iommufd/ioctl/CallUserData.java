package org.iommuref.model.iommufd.ioctl;

import java.util.Arrays;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Data of a driver in the memory of a caller. Linux: struct iommu_user_data. */
public record CallUserData(Ucmd ucmd, int type, long address, int length) implements UserData {

  @Override
  public Result<byte[]> copyIn(int expected, int minimum, int known) {
    if (type != expected || isOutside(minimum, known)) {
      return Result.err(Errno.EINVAL);
    }
    byte[] copied = ucmd.copyIn(address, length);
    return copied == null ? Result.err(Errno.EFAULT) : Result.ok(Arrays.copyOf(copied, known));
  }

  @Override
  public Result<Done> copyOut(int expected, int minimum, byte[] structure) {
    if (type != expected || isOutside(minimum, structure.length)) {
      return Result.err(Errno.EINVAL);
    }
    Errno fault = ucmd.copyOut(address, Arrays.copyOf(structure, length));
    return fault == null ? Result.done() : Result.err(fault);
  }

  private boolean isOutside(int minimum, int known) {
    return Integer.compareUnsigned(length, minimum) < 0
        || Integer.compareUnsigned(length, known) > 0;
  }
}
