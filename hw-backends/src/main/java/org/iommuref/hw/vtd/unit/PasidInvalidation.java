package org.iommuref.hw.vtd.unit;

/**
 * An order to invalidate the PASID cache. Manual 6.5.2.2.
 *
 * @param granularity one of the constants here; the codes differ from those of other descriptors
 * @param domainId for domain and PASID granularity
 * @param pasid for PASID granularity
 */
public record PasidInvalidation(int granularity, int domainId, int pasid) {

  /** All PASIDs of a domain. */
  public static final int DOMAIN = 0;

  /** One PASID of a domain. */
  public static final int PASID = 1;

  /** Everything. */
  public static final int GLOBAL = 3;

  /** Whether it names what was cached under a domain tag and a PASID. */
  public boolean names(int domain, int otherPasid) {
    return switch (granularity) {
      case GLOBAL -> true;
      case DOMAIN -> domain == domainId;
      default -> domain == domainId && otherPasid == pasid;
    };
  }
}
