package org.iommuref.model.iommufd.hwpt;

import org.iommuref.model.core.PageFaultHandler;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.core.AttachHandle;

/** A queue to which the page faults of a page table's devices go. Linux: struct iommufd_fault. */
public interface HwptFault extends ObjectBody, PageFaultHandler {

  /**
   * iommufd_auto_response_faults: answers every fault of an attachment that has ended with INVALID.
   */
  void autoRespond(AttachHandle handle);
}
