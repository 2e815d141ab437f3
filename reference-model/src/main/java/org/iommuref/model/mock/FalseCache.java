package org.iommuref.model.mock;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;

/** The entries that stand for what a device would have cached. */
interface FalseCache extends BackendExtension {

  /** How many entries a device has. */
  int ENTRIES = 4;

  /** The value of one entry, from 0. */
  int cache(Rid device, int entry);
}
