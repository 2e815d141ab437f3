package org.iommuref.model.mock;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.errno.Result;

/** A driver whose devices the test interface makes. */
public interface TestDevices extends BackendExtension {

  /**
   * Makes a device that can be probed.
   *
   * @param flags MOCK_FLAGS_DEVICE_*
   * @return its requester id; EINVAL for a flag that is unknown, ENOMEM
   */
  Result<Rid> create(int flags);

  /** Ends a device that is not probed any more. */
  void destroy(Rid device);
}
