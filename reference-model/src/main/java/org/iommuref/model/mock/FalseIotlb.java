package org.iommuref.model.mock;

import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;

/** The entries that stand for what a nested domain would have cached. */
interface FalseIotlb extends BackendExtension {

  /** How many entries a domain has. */
  int ENTRIES = 4;

  /** The value of one entry, from 0. */
  int iotlb(DomainId domain, int entry);
}
