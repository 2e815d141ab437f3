package org.iommuref.spec.backend;

/**
 * Domains whose table can end before they do, as that of a process does that exits while devices
 * still have its PASIDs. Linux: mmu_notifier_ops.release of a domain of type IOMMU_DOMAIN_SVA.
 * PASID-018, FREC-013.
 */
public interface EndingTables extends BackendExtension {

  /**
   * Ends the table of a domain that is set on PASIDs alone: no access goes by it any more when this
   * returns, and what it refuses from then on is no news. The PASIDs stay set until they are
   * removed or replaced, and the devices do not know yet.
   */
  void endTable(DomainId domain);
}
