package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.clause.Clause;

/**
 * What a query of written pages looks at and leaves behind. Source:
 * drivers/iommu/generic_pt/iommu_pt.h and include/linux/iommu.h iommu_dirty_bitmap_record.
 */
public interface DirtyQuery {

  /** How many bytes are looked at. */
  @Clause("DIRTY-041")
  default long size(long asked) {
    return asked;
  }

  /** Whether what is told is made clean. */
  @Clause("DIRTY-039")
  default boolean cleans(boolean asked) {
    return asked;
  }

  /** What was made clean may be cached as written already: it goes to the gather. */
  @Clause("DIRTY-037")
  default void cleaned(Gather gather, Iova iova, long length) {
    gather.addRange(iova, length);
  }
}
