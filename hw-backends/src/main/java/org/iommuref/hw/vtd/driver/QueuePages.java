package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.QueueRegisters;

/**
 * Where the descriptors of an invalidation queue lie, and the status words that their waits write:
 * a page of each.
 *
 * <p>One page holds 256 descriptors, or 128 of those of scalable mode, whose upper halves stay
 * zero. Manual 6.5.2 and 11.4.9.3.
 *
 * @param descriptors the page of descriptors
 * @param status the page of status words
 * @param wide whether descriptors have 256 bits, as scalable mode wants them
 */
record QueuePages(long descriptors, long status, boolean wide) {

  private static final int BYTES = 4096;

  /** What tells the unit of the queue. */
  long base() {
    return wide ? descriptors | QueueRegisters.DW.mask() : descriptors;
  }

  int descriptorBytes() {
    return wide ? 2 * InvalidationDescriptor.BYTES : InvalidationDescriptor.BYTES;
  }

  int slots() {
    return BYTES / descriptorBytes();
  }

  /** Where the descriptor of a slot is. */
  long slot(int number) {
    return descriptors + (long) descriptorBytes() * number;
  }

  /** Where the status word of a slot is. */
  long word(int number) {
    return status + (long) Integer.BYTES * number;
  }
}
