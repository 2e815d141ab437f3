package org.iommuref.spec.wire;

import org.iommuref.spec.memory.PhysAddr;

/**
 * A range of physical memory.
 *
 * @param base the first byte
 * @param size in bytes, more than 0
 */
public record MemoryRange(PhysAddr base, long size) {

  private static final long PAGE_BYTES = 4096;

  /** Requires whole 4 KiB pages that do not wrap around. */
  public MemoryRange {
    if ((base.bytes() | size) % PAGE_BYTES != 0) {
      throw new IllegalArgumentException("not whole pages of 4 KiB");
    }
    if (size <= 0 || Long.compareUnsigned(base.bytes() + size - 1, base.bytes()) < 0) {
      throw new IllegalArgumentException("empty, or beyond the end of 64 bits");
    }
  }
}
