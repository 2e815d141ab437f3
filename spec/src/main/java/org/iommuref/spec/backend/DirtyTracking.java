package org.iommuref.spec.backend;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * A driver whose page tables record what devices write. Linux: struct iommu_dirty_ops.
 *
 * <p>Asked only of domains whose geometry says that they can.
 */
public interface DirtyTracking extends BackendExtension {

  /** set_dirty_tracking: switches recording on or off. */
  Result<Done> setDirtyTracking(DomainId domain, boolean enable);

  /**
   * read_and_clear_dirty: tells every entry of a range that has been written.
   *
   * @param clear whether the entries are clean from then on; what must be invalidated for that goes
   *     to the gather
   */
  Result<Done> readAndClearDirty(
      DomainId domain, Iova iova, long size, boolean clear, DirtyRecord record, Gather gather);

  /** Hears what has been written. */
  @FunctionalInterface
  interface DirtyRecord {

    /** These bytes may have been written. */
    void record(long iova, long length);
  }
}
