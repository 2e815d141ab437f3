package org.iommuref.model.iommufd.viommu;

import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.ERANGE;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.iommufd.Processes;

/**
 * Where a queue lies, as the checks see it.
 *
 * @param iova of the first byte, in the IOAS of the parent
 * @param length in bytes, not 0
 */
public record QueueRange(long iova, long length) {

  private static final long MOST_PAGES = Integer.MAX_VALUE / Long.BYTES;

  /** What is asked of its pages. Linux: iommufd_hw_queue_alloc_phys. */
  public static final CheckList<QueueRange> CHECKS =
      new CheckList<>(
              "iommufd_hw_queue_alloc_phys",
              Checks.<QueueRange>inOrder()
                  .needs("HWQ-006", "its pages cannot be counted", QueueRange::wraps, ERANGE)
                  .needs(
                      "HWQ-007",
                      "the list of its pages is too long",
                      r -> r.pinnedLength() >>> 12 > MOST_PAGES,
                      ENOMEM))
          .orderedBy("HWQ-013");

  /** The address of its first page. */
  long firstPage() {
    return iova & -Processes.PAGE_SIZE;
  }

  /** Where in that page it begins. */
  long offsetInPage() {
    return iova - firstPage();
  }

  /** The length of its pages in bytes. */
  long pinnedLength() {
    return (offsetInPage() + length + Processes.PAGE_SIZE - 1) & -Processes.PAGE_SIZE;
  }

  private boolean wraps() {
    long sum = offsetInPage() + length;
    return Long.compareUnsigned(sum, length) < 0
        || Long.compareUnsigned(sum + Processes.PAGE_SIZE - 1, sum) < 0;
  }
}
