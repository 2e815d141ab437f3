package org.iommuref.spec.backend;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * Domains for accesses that carry a PASID. Linux: iommu_domain_ops.set_dev_pasid. Clauses PASID-001
 * to PASID-006.
 */
public interface PasidBackend extends BackendExtension {

  /**
   * Makes the accesses of a device under a PASID go to a domain.
   *
   * @param old the domain that the PASID is set to now, or null for none
   * @return EINVAL, EOPNOTSUPP, ENOMEM; after an error the old state is in force
   */
  Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old);

  /** Blocks the accesses of a device under a PASID; cannot fail. PASID-004. */
  void removePasid(Rid device, Pasid pasid, DomainId old);
}
