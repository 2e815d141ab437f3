package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.backend.CacheCoherency;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Clause;

/**
 * Domains that make the accesses of their devices snooped: a first stage by PGSNP of each entry
 * that names it, a second stage by SNP of its leaves. Source: drivers/iommu/intel/iommu.c
 * intel_iommu_enforce_cache_coherency_fs and intel_iommu_enforce_cache_coherency_ss.
 *
 * @param domains of the driver
 * @param leaves whether those of a second stage are snooped
 */
record CoherentDomains(VtdDomains domains, boolean leaves) implements CacheCoherency {

  @Override
  @Clause({"DOM-011", "DOM-012"})
  public boolean enforce(DomainId domain) {
    VtdDomain enforcing = domains.find(domain);
    if (enforcing == null || enforcing.table() == null) {
      return false;
    }
    enforcing.enforceCoherency(leaves);
    return true;
  }
}
