package org.iommuref.model.core;

import java.util.Objects;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.RangeMapping;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.errno.Result.Err;
import org.iommuref.spec.memory.PhysAddr;

/**
 * Ranges of a paging domain whose driver takes them whole. Linux: iommu_map_nosync and
 * __iommu_unmap where the domain is a generic page table.
 */
final class RangeMapper {

  private final IommuBackend backend;
  private final RangeMapping driver;

  RangeMapper(IommuBackend backend, RangeMapping driver) {
    this.backend = backend;
    this.driver = driver;
  }

  /** Maps a range and makes it visible to devices, or leaves nothing of it mapped. */
  Result<Done> map(DomainId domain, Iova iova, PhysAddr paddr, long size, Prot prot) {
    Result<Long> mapped = driver.mapRange(domain, iova, paddr, size, prot);
    if (mapped instanceof Err<Long> failed) {
      unmap(domain, iova, failed.partial() == null ? 0 : failed.partial());
      return Result.err(failed.errno());
    }
    Result<Done> synced = backend.syncMap(domain, iova, size);
    if (!synced.isOk()) {
      unmap(domain, iova, size);
      return Result.err(Objects.requireNonNull(synced.errno()));
    }
    return Result.done();
  }

  /** Removes a range up to its first hole and returns the bytes removed, after their sync. */
  long unmap(DomainId domain, Iova iova, long size) {
    Gather gather = new Gather();
    long removed = driver.unmapRange(domain, iova, size, gather);
    if (!gather.isEmpty()) {
      backend.sync(domain, gather);
    }
    return removed;
  }
}
