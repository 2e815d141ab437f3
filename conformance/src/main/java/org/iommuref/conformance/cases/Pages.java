package org.iommuref.conformance.cases;

import org.iommuref.conformance.target.DataMemory;
import org.iommuref.spec.backend.HwInfo;

/** Data pages of a case by number, and the width of its addresses; all in bytes. */
record Pages(DataMemory memory, HwInfo claims) {

  private static final long LARGE_FROM = 0x4000_0000L;
  private static final long HUGE_FROM = 0x8000_0000L;

  /** The small page of that number; pages are not contiguous. */
  long small(int number) {
    return memory.base() + number * 0x3000L;
  }

  /** The large page of that number: 2 MiB, aligned. */
  long large(int number) {
    return memory.base() + LARGE_FROM + number * Scene.LARGE;
  }

  /** The huge page of that number: 1 GiB, aligned. */
  long huge(int number) {
    return memory.base() + HUGE_FROM + number * Scene.HUGE;
  }

  /**
   * The first address that a paging domain does not translate; all widths here are below 64 bits.
   */
  long aperture() {
    return 1L << claims.addressBits();
  }
}
