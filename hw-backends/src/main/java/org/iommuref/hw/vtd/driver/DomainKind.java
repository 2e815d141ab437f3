package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.backend.DomainType;

/** How a domain shows in the entries of its devices: TT in legacy mode, PGTT in scalable mode. */
enum DomainKind {
  /** No present entry. */
  BLOCKED,
  /** Addresses pass unchanged. */
  IDENTITY,
  /** A table in the format of x86, of scalable mode alone. */
  FIRST_STAGE,
  /** A second-stage table. */
  SECOND_STAGE,
  /** A user's first-stage table on a second-stage domain. */
  NESTED;

  /** What the core knows the domain as. */
  DomainType type() {
    return switch (this) {
      case BLOCKED -> DomainType.BLOCKED;
      case IDENTITY -> DomainType.IDENTITY;
      case FIRST_STAGE, SECOND_STAGE, NESTED -> DomainType.PAGING;
    };
  }

  /** Whether the caches of the unit hold its translations by PASID. */
  boolean isTaggedByPasid() {
    return this == FIRST_STAGE || this == NESTED;
  }
}
