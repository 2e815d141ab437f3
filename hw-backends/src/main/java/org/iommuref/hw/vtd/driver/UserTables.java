package org.iommuref.hw.vtd.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * Domains of users' tables, and what users invalidate of them. Source:
 * drivers/iommu/intel/nested.c.
 */
final class UserTables implements NestedDomains {

  private static final int PASID = 8;

  /** IOMMU_HWPT_INVALIDATE_DATA_VTD_S1. */
  private static final int INVALIDATION = 0;

  private static final int INVALIDATION_BYTES = 24;
  private static final int LEAF = 1;
  private static final long PAGE = 4096;
  private static final int PAGE_SHIFT = 12;
  private static final long ALL_PAGES = -1;

  private final VtdDomains domains;
  private final DomainCaches caches;

  UserTables(VtdDomains domains, DomainCaches caches) {
    this.domains = domains;
    this.caches = caches;
  }

  @Override
  public Result<Done> allocateNested(
      DomainId domain, Rid device, DomainId parent, int flags, UserData data) {
    if ((flags & ~PASID) != 0 || data.type() != UserTable.TYPE) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    VtdDomain beneath = domains.find(parent);
    if (beneath == null || !beneath.use().nestParent()) {
      return Result.err(Errno.EINVAL);
    }
    Result<byte[]> structure = data.copyIn(UserTable.TYPE, UserTable.BYTES, UserTable.BYTES);
    return structure.errno() != null
        ? Result.err(structure.errno())
        : domains.allocateNested(domain, beneath, UserTable.read(structure.value()));
  }

  @Override
  public Result<Integer> invalidate(DomainId domain, UserDataArray entries) {
    VtdDomain nested = domains.find(domain);
    if (nested == null || entries.type() != INVALIDATION) {
      return Result.err(Errno.EINVAL, 0);
    }
    for (int done = 0; done < entries.entries(); done++) {
      Result<byte[]> entry =
          entries.copyIn(done, INVALIDATION, INVALIDATION_BYTES, INVALIDATION_BYTES);
      Errno failure = entry.errno() != null ? entry.errno() : invalidate(nested, entry.value());
      if (failure != null) {
        return Result.err(failure, done);
      }
    }
    return Result.ok(entries.entries());
  }

  /** Carries out a struct iommu_hwpt_vtd_s1_invalidate. */
  private @Nullable Errno invalidate(VtdDomain nested, byte[] entry) {
    ByteBuffer fields = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
    long first = fields.getLong(0);
    long pages = fields.getLong(8);
    int flags = fields.getInt(16);
    if ((flags & ~LEAF) != 0 || fields.getInt(20) != 0) {
      return Errno.EOPNOTSUPP;
    }
    if (first % PAGE != 0 || (pages == ALL_PAGES && first != 0)) {
      return Errno.EINVAL;
    }
    long last = pages == ALL_PAGES ? -1 : first + (pages << PAGE_SHIFT) - 1;
    caches.flush(nested, first, last, (flags & LEAF) != 0);
    return null;
  }
}
