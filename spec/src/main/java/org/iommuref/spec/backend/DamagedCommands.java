package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;

/** A driver whose next command to a unit can be made to arrive damaged. INV-020, INV-021. */
public interface DamagedCommands extends BackendExtension {

  /** The next invalidation for the unit of a device is none that hardware knows. */
  void damageNext(Rid device);
}
