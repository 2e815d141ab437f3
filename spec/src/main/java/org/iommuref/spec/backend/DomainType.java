package org.iommuref.spec.backend;

/** What a domain does with an access. Linux: IOMMU_DOMAIN_*. */
public enum DomainType {
  /** Refuses every access. DOM-001. */
  BLOCKED,
  /** Lets every access through, address unchanged. DOM-002. */
  IDENTITY,
  /** Translates by the mappings made with map. DOM-003. */
  PAGING
}
