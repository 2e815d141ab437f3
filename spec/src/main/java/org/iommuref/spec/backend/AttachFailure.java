package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Errno;

/**
 * A backend whose next attach of a device can be made to fail, as if the driver had found no room.
 * ATT-004.
 */
public interface AttachFailure extends BackendExtension {

  /**
   * The next attach or PASID set of {@code device} fails with {@code errno} and changes nothing.
   */
  void failNextAttach(Rid device, Errno errno);
}
