package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;

/**
 * Devices that must go on as they were found, until their driver has taken hold of them. Linux:
 * iommu_ops.is_attach_deferred.
 */
public interface DeferredAttach extends BackendExtension {

  /** Whether the device is not to be attached to its default domain when it is probed. */
  boolean isAttachDeferred(Rid device);
}
