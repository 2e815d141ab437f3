package org.iommuref.model.iommufd.hwpt;

import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Result;

/** An object whose caches a user can invalidate. */
public interface InvalidationTarget extends ObjectBody {

  /** Whether the driver has invalidation for it. */
  boolean canInvalidate();

  /**
   * Hands the entries to the driver.
   *
   * @return how many were handled, also with an error
   */
  Result<Integer> invalidate(UserDataArray entries);
}
