package org.iommuref.model.iommufd.ioctl;

import java.util.Objects;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Err;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;

/**
 * What a caller gives behind the structure that the kernel knows. Linux: check_zeroed_user.
 *
 * @param readable whether it can be read as far as it was looked at
 * @param zero whether all that was looked at is zero
 */
public record Tail(boolean readable, boolean zero) {

  private static final int CHUNK = 4096;

  /** Looks for the first byte that is not zero or cannot be read. */
  public static Tail at(Processes processes, ProcessId process, long address, long length) {
    long at = address;
    for (long left = length; left > 0; ) {
      int chunk = (int) Math.min(left, CHUNK - (at & (CHUNK - 1)));
      Result<byte[]> part = processes.copyIn(process, at, chunk);
      if (!isZero(bytesOf(part))) {
        return new Tail(true, false);
      }
      if (!part.isOk()) {
        return new Tail(false, true);
      }
      left -= chunk;
      at += chunk;
    }
    return new Tail(true, true);
  }

  private static byte[] bytesOf(Result<byte[]> part) {
    return part instanceof Err<byte[]> err
        ? Objects.requireNonNullElse(err.partial(), new byte[0])
        : part.value();
  }

  private static boolean isZero(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }
}
