package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** A device that the driver serves. */
interface ServedDevice {

  /** The next attach, or set of a PASID, fails and changes nothing. ATT-004. */
  void failNextAttach(Errno errno);

  /** Moves requests without PASID to a domain; after ENOMEM or ENOSPC they are where they were. */
  Result<Done> attach(VtdDomain next);

  /** Blocks the device and gives up its domains. */
  void release();
}
