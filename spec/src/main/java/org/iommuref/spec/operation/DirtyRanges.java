package org.iommuref.spec.operation;

import java.util.List;
import org.iommuref.spec.access.Iova;

/**
 * What devices have written.
 *
 * @param ranges in the order in which they were told
 */
public record DirtyRanges(List<Range> ranges) {

  /** Copies the list. */
  public DirtyRanges {
    ranges = List.copyOf(ranges);
  }

  /**
   * Bytes that may have been written.
   *
   * @param iova the first
   * @param length how many
   */
  public record Range(Iova iova, long length) {

    /** Whether an address is among them. */
    public boolean covers(long address) {
      return Long.compareUnsigned(address - iova.bytes(), length) < 0;
    }
  }
}
