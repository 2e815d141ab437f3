package org.iommuref.hw.vtd.driver;

/**
 * A naturally aligned run of 2^mask pages of 4 KiB: what one page-selective invalidation names.
 *
 * @param start the first byte
 * @param mask log2 of the number of pages
 */
record PageRange(long start, int mask) {

  private static final int PAGE_SHIFT = 12;

  /** The smallest that covers all from {@code first} to {@code last}, in bytes. INV-005. */
  static PageRange covering(long first, long last) {
    long differing = (first ^ last) >>> PAGE_SHIFT;
    int mask = Long.SIZE - Long.numberOfLeadingZeros(differing);
    return new PageRange(first & -bytes(mask), mask);
  }

  /** Its bytes. */
  long size() {
    return bytes(mask);
  }

  private static long bytes(int mask) {
    return 1L << (PAGE_SHIFT + mask);
  }
}
