package org.iommuref.hw.radix;

import org.iommuref.spec.backend.Prot;

/**
 * What a map asks of a table.
 *
 * @param format of the table
 * @param iova the first input address, in bytes
 * @param paddr where it is to lead, in bytes
 * @param pageSize in bytes
 * @param count how many pages
 * @param prot the rights
 */
public record MapCall(
    TableFormat format, long iova, long paddr, long pageSize, long count, Prot prot) {

  /** The bytes to map; meaningless where {@link #overflows()}. */
  long size() {
    return pageSize * count;
  }

  /** Whether the size, or the end of the range, is no number of 64 bits. */
  boolean overflows() {
    return Math.multiplyHigh(pageSize, count) != 0 || size() <= 0 || wraps(iova, size());
  }

  /** Whether a range reaches beyond addresses of so many bits; {@code size} is positive. */
  static boolean isBeyond(int bits, long start, long size) {
    return wraps(start, size) || ((start + size - 1) >>> bits) != 0;
  }

  private static boolean wraps(long start, long size) {
    return Long.compareUnsigned(start + size - 1, start) < 0;
  }
}
