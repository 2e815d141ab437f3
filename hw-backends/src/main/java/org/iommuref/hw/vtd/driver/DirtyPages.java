package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DirtyEntries;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * What devices have written, as the second stage records it while SSADE of their entries is set.
 *
 * <p>A translation that is cached says whether its page is dirty already, so what is clean again
 * has to be invalidated: it goes to the gather. Source: drivers/iommu/intel/iommu.c
 * intel_iommu_set_dirty_tracking and drivers/iommu/generic_pt/iommu_pt.h.
 */
final class DirtyPages implements DirtyTracking, DirtyEntries {

  private final VtdDomains domains;
  private final DirtyQuery query;

  DirtyPages(VtdDomains domains, DirtyQuery query) {
    this.domains = domains;
    this.query = query;
  }

  @Override
  @Clause({"DIRTY-007", "DIRTY-038", "DIRTY-043"})
  public Result<Done> setDirtyTracking(DomainId domain, boolean enable) {
    VtdDomain tracked = domains.find(domain);
    if (tracked == null || !tracked.use().dirty()) {
      return Result.err(Errno.EINVAL);
    }
    tracked.trackDirty(enable);
    return Result.done();
  }

  @Override
  @Clause({"DIRTY-025", "DIRTY-026", "DIRTY-035", "DIRTY-036"})
  public Result<Done> readAndClearDirty(
      DomainId domain, Iova iova, long size, boolean clear, DirtyRecord record, Gather gather) {
    VtdDomain asked = domains.find(domain);
    if (asked == null || !asked.use().dirty()) {
      return Result.err(Errno.EINVAL);
    }
    boolean cleans = query.cleans(clear);
    asked
        .ownTable()
        .forEachDirty(
            iova.bytes(),
            query.size(size),
            cleans,
            (from, length) -> {
              record.record(from, length);
              if (cleans) {
                query.cleaned(gather, new Iova(from), length);
              }
            });
    return Result.done();
  }

  @Override
  public boolean recordsWrites(DomainId domain) {
    VtdDomain asked = domains.find(domain);
    return asked != null && asked.tracksDirty();
  }

  @Override
  public void setDirty(DomainId domain, Iova iova) {
    VtdDomain written = domains.find(domain);
    if (written != null && written.table() != null) {
      written.table().setDirty(iova.bytes());
    }
  }
}
