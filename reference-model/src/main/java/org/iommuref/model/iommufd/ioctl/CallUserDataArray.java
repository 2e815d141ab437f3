package org.iommuref.model.iommufd.ioctl;

import java.util.Arrays;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/**
 * An array in the memory of a caller.
 *
 * @param address of the first entry
 * @param length of each entry, in bytes
 */
public record CallUserDataArray(Ucmd ucmd, int type, long address, int length, int entries)
    implements UserDataArray {

  @Override
  public Result<byte[]> copyIn(int index, int expected, int minimum, int known) {
    return new CallUserData(ucmd, type, addressOf(index), length).copyIn(expected, minimum, known);
  }

  @Override
  public Result<byte[]> copyAllIn(int expected, int known) {
    if (type != expected || entries == 0) {
      return Result.err(Errno.EINVAL);
    }
    byte[] all = new byte[entries * known];
    for (int index = 0; index < entries; index++) {
      byte[] copied = ucmd.copyIn(addressOf(index), length);
      if (copied == null) {
        return Result.err(Errno.EFAULT);
      }
      if (hasTail(copied, known)) {
        return Result.err(Errno.E2BIG);
      }
      System.arraycopy(copied, 0, all, index * known, Math.min(known, length));
    }
    return Result.ok(all);
  }

  private long addressOf(int index) {
    return address + (long) length * index;
  }

  private static boolean hasTail(byte[] entry, int known) {
    return entry.length > known
        && Arrays.mismatch(
                Arrays.copyOfRange(entry, known, entry.length), new byte[entry.length - known])
            >= 0;
  }
}
