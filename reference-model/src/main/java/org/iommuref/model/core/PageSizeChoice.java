package org.iommuref.model.core;

import org.iommuref.spec.clause.Clause;

/** Which pages the next call of a driver takes. Linux: iommu_pgsize. */
@FunctionalInterface
public interface PageSizeChoice {

  /**
   * The pages to take from the front of what remains.
   *
   * @param pageSizes the sizes that the driver has, as a bitmap in bytes
   * @param iova aligned to the smallest of them
   * @param paddr aligned to the smallest of them; an unmap gives the IOVA once more
   * @param size what remains in bytes, a multiple of the smallest page and not 0; unsigned
   */
  PageRun choose(long pageSizes, long iova, long paddr, long size);

  /**
   * The choice of Linux: the largest page that fits, and as many as do not keep a larger one from
   * being used.
   */
  @Clause("MAP-008")
  static PageRun largestThatFits(long pageSizes, long iova, long paddr, long size) {
    long fitting = pageSizes & upTo(Long.highestOneBit(size));
    long addresses = iova | paddr;
    long aligned = addresses == 0 ? fitting : fitting & upTo(Long.lowestOneBit(addresses));
    long pageSize = Long.highestOneBit(aligned);
    long next = Long.lowestOneBit(pageSizes & ~upTo(pageSize));
    long taken = next == 0 ? size : upToBoundary(next, iova, paddr, size);
    return new PageRun(pageSize, Long.divideUnsigned(taken, pageSize));
  }

  /** Ends at the next larger page's boundary if such a page can be used from there on. */
  private static long upToBoundary(long next, long iova, long paddr, long size) {
    if (((iova ^ paddr) & (next - 1)) != 0) {
      return size; // the addresses never are both at a boundary
    }
    long offset = next - (iova & (next - 1));
    long end = offset + next;
    boolean overflows = Long.compareUnsigned(end, offset) < 0;
    return !overflows && Long.compareUnsigned(end, size) <= 0 ? offset : size;
  }

  private static long upTo(long bit) {
    return bit | (bit - 1);
  }
}
