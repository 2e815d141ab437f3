package org.iommuref.model.core;

import org.iommuref.spec.core.AttachHandle;

/** By which attachment a page request comes, and who deals with it. */
record FaultTarget(AttachHandle handle, PageFaultHandler handler) {
  @Override
  public String toString() {
    return "handler";
  }
}
