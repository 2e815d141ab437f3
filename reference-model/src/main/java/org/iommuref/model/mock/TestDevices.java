package org.iommuref.model.mock;

import java.util.Optional;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Result;

/** A driver whose devices the test interface makes. */
public interface TestDevices extends BackendExtension {

  /**
   * Makes a device that can be probed.
   *
   * @param flags MOCK_FLAGS_DEVICE_*
   * @return its requester id; EINVAL for a flag that is unknown, ENODEV if no more can be made,
   *     ENOMEM
   */
  Result<Rid> create(int flags);

  /** The group that the device belongs to with others, or empty for one of its own. */
  default Optional<GroupId> groupOf(Rid device) {
    return Optional.empty();
  }

  /** Ends a device that is not probed any more. */
  void destroy(Rid device);
}
