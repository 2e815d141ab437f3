package org.iommuref.hw.vtd.driver;

import java.util.Objects;
import org.iommuref.hw.radix.RadixTable;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PagingDomains;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * Domains of which a user asks more. Source: drivers/iommu/intel/iommu.c
 * intel_iommu_domain_alloc_paging_flags.
 */
final class DriverDomains implements PagingDomains {

  private static final int NEST_PARENT = 1;
  private static final int DIRTY_TRACKING = 2;
  private static final int PASID = 8;

  private final UnitAbilities abilities;
  private final VtdDomains domains;

  DriverDomains(UnitAbilities abilities, VtdDomains domains) {
    this.abilities = abilities;
    this.domains = domains;
  }

  /** {@inheritDoc} The first stage serves where nothing is asked but PASIDs. */
  @Override
  public Result<Done> allocatePaging(
      DomainId domain, Rid device, int flags, @Nullable UserData data) {
    var use = new VtdDomain.Use((flags & NEST_PARENT) != 0, (flags & DIRTY_TRACKING) != 0);
    boolean known = (flags & ~(NEST_PARENT | DIRTY_TRACKING | PASID)) == 0;
    boolean nests = !use.nestParent() || abilities.nests();
    boolean tracks = !use.dirty() || abilities.tracksDirty();
    return known && nests && tracks && data == null
        ? domains.allocatePaging(domain, use)
        : Result.err(Errno.EOPNOTSUPP);
  }

  @Override
  public DomainGeometry geometry(DomainId domain) {
    VtdDomain asked = Objects.requireNonNull(domains.find(domain), () -> "no " + domain);
    RadixTable table = asked.ownTable();
    long last = (1L << table.inputBits()) - 1;
    return new DomainGeometry(table.pageSizes(), 0, last, asked.use().dirty());
  }
}
