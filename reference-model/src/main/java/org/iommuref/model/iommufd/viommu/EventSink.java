package org.iommuref.model.iommufd.viommu;

import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** Takes the events of one type of a virtual unit. */
public interface EventSink {

  /** Takes an event, or notes that it is lost; ENOMEM if there was no memory for it. */
  @Nullable Errno take(byte[] data);
}
