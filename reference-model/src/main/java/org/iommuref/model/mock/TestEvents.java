package org.iommuref.model.mock;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** A driver whose devices report events to their virtual units when they are told to. */
interface TestEvents extends BackendExtension {

  /**
   * Reports an event whose data are the device's virtual id. ENOENT if it is behind no virtual unit
   * or its virtual id is 0, EOPNOTSUPP if there is no queue, ENOMEM.
   */
  Result<Done> trigger(Rid device);
}
