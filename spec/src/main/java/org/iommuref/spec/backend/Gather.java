package org.iommuref.spec.backend;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.Iova;

/**
 * What unmaps have removed and no sync has invalidated yet: a range, and the table pages to free
 * afterwards.
 *
 * <p>Linux: struct iommu_iotlb_gather. Clauses INV-001, INV-005, INV-007, INV-011. A range is
 * inclusive at both ends, in bytes; an empty gather has none.
 */
public final class Gather {

  private long start = -1;
  private long end;
  private long pageSize;
  private boolean empty = true;
  private final List<Long> freelist = new ArrayList<>();

  /** Extends the range by {@code size} bytes removed at {@code iova}. */
  public void addRange(Iova iova, long size) {
    if (size == 0) {
      return; // INV-011: nothing removed leaves the gather empty
    }
    long first = iova.bytes();
    long last = first + size - 1;
    start = empty || Long.compareUnsigned(first, start) < 0 ? first : start;
    end = empty || Long.compareUnsigned(last, end) > 0 ? last : end;
    empty = false;
  }

  /** Notes the size in bytes of the pages removed; the smallest stays. */
  public void addPageSize(long bytes) {
    pageSize = pageSize == 0 ? bytes : Math.min(pageSize, bytes);
  }

  /** Keeps a table page until the sync. INV-007. */
  public void freeAfterSync(long tablePage) {
    freelist.add(tablePage);
  }

  /** Whether nothing was removed. */
  public boolean isEmpty() {
    return empty;
  }

  /** The first byte removed. */
  public long start() {
    return start;
  }

  /** The last byte removed. */
  public long end() {
    return end;
  }

  /** The smallest page removed in bytes, or 0. */
  public long pageSize() {
    return pageSize;
  }

  /** The table pages that wait for the sync, in the order in which they were unlinked. */
  public List<Long> freelist() {
    return List.copyOf(freelist);
  }

  /** Whether table pages were unlinked: the invalidation must reach non-leaf entries. INV-009. */
  public boolean unlinkedTables() {
    return !freelist.isEmpty();
  }

  /** Makes the gather empty again; a sync ends with this. */
  public void reset() {
    start = -1;
    end = 0;
    pageSize = 0;
    empty = true;
    freelist.clear();
  }
}
