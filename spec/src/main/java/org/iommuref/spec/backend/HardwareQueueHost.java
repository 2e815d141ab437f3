package org.iommuref.spec.backend;

import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** What iommufd does for the driver of a queue. Linux: struct iommufd_hw_queue. */
public interface HardwareQueueHost {

  /**
   * iommufd_hw_queue_depend: this queue cannot do without another one, which then stays. EINVAL if
   * it is itself.
   */
  Result<Done> dependOn(HardwareQueueHost other);

  /** iommufd_hw_queue_undepend: it can. */
  void undependOn(HardwareQueueHost other);
}
