package org.iommuref.conformance.trace;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The part of the address space that a trace is about: pages of 4 KiB below one directory entry.
 *
 * @param iovas the first address of each page, in bytes, ascending
 */
record Span(List<Long> iovas) {

  /** The level of the table that holds the directory entry. */
  static final int DIRECTORY_LEVEL = 2;

  /** The level of the table that holds the leaf entries. */
  static final int LEAF_LEVEL = 1;

  private static final long PAGE_MASK = ~0xfffL;
  private static final long EVERYTHING = -1;

  /** Copies the list. */
  Span {
    iovas = List.copyOf(iovas);
  }

  /** The page that an address lies in, or -1 if the span does not have it. */
  long pageOf(long iova) {
    long page = iova & PAGE_MASK;
    return iovas.contains(page) ? page : -1;
  }

  /** The pages from {@code first} on, for {@code size} bytes; all of them if size is -1. */
  Set<Long> within(long first, long size) {
    Set<Long> within = new LinkedHashSet<>();
    for (long iova : iovas) {
      boolean inside =
          Long.compareUnsigned(iova, first) >= 0 && Long.compareUnsigned(iova - first, size) < 0;
      if (size == EVERYTHING || inside) {
        within.add(iova);
      }
    }
    return within;
  }
}
