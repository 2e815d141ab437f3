package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.EndingTables;
import org.iommuref.spec.clause.Clause;

/**
 * Domains of PASIDs whose tables end: each PASID entry is torn down at once and left with FPD,
 * until the PASID is removed. Source: drivers/iommu/intel/svm.c intel_mm_release.
 *
 * @param domains of the driver
 */
record EndingDomains(VtdDomains domains) implements EndingTables {

  @Override
  @Clause({"PASID-018", "FREC-013"})
  public void endTable(DomainId domain) {
    VtdDomain ending = domains.find(domain);
    if (ending != null) {
      ending.endTable();
    }
  }
}
