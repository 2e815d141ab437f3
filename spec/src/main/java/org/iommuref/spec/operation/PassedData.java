package org.iommuref.spec.operation;

import java.util.Arrays;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.call.Bytes;

/** A structure that an operation carries, with its type. */
record PassedData(int type, Bytes structure) implements UserData {

  @Override
  public int length() {
    return structure.toArray().length;
  }

  @Override
  public Result<byte[]> copyIn(int expected, int minimum, int known) {
    return copy(this, expected, minimum, known);
  }

  @Override
  public Result<Done> copyOut(int expected, int minimum, byte[] answer) {
    return Result.err(Errno.EFAULT); // an operation has no memory to copy to
  }

  static Result<byte[]> copy(PassedData data, int expected, int minimum, int known) {
    boolean fits = data.type == expected && data.length() >= minimum && data.length() <= known;
    return fits
        ? Result.ok(Arrays.copyOf(data.structure.toArray(), known))
        : Result.err(Errno.EINVAL);
  }
}
