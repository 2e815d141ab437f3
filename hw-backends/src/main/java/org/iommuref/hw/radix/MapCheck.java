package org.iommuref.hw.radix;

import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** What can be said of a map before any entry is read, in the kernel's order. */
final class MapCheck {

  private MapCheck() {}

  /** Why the map is refused, or null. */
  static @Nullable Errno of(
      TableFormat format, long iova, long paddr, long pageSize, long count, Prot prot) {
    if (prot == Prot.NONE || !isPageSize(format, pageSize)) {
      return Errno.EINVAL; // MAP-015
    }
    if (isBeyond(format.outputBits(), paddr, 1)) {
      return Errno.ERANGE; // MAP-024
    }
    if (count <= 0) {
      return Errno.EINVAL;
    }
    long size = pageSize * count;
    if (Math.multiplyHigh(pageSize, count) != 0 || size <= 0 || wraps(iova, size)) {
      return Errno.EOVERFLOW;
    }
    if (((iova | paddr) & pageSize - 1) != 0) {
      return Errno.ENXIO;
    }
    if (isBeyond(format.inputBits(), iova, size) || isBeyond(format.outputBits(), paddr, size)) {
      return Errno.ERANGE; // MAP-016, MAP-024
    }
    return null;
  }

  /** Whether a range reaches beyond addresses of so many bits; {@code size} is positive. */
  static boolean isBeyond(int bits, long start, long size) {
    return wraps(start, size) || ((start + size - 1) >>> bits) != 0;
  }

  private static boolean isPageSize(TableFormat format, long pageSize) {
    return Long.bitCount(pageSize) == 1 && (format.pageSizes() & pageSize) != 0;
  }

  private static boolean wraps(long start, long size) {
    return Long.compareUnsigned(start + size - 1, start) < 0;
  }
}
