package org.iommuref.model.core;

import java.util.List;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;

/** Page requests that are answered together, and once. Linux: struct iopf_group. */
public final class PageFaultGroup {

  private final PageRequests driver;
  private final Rid device;
  private final AttachHandle handle;
  private final List<PageRequest> requests;
  private boolean answered;

  PageFaultGroup(PageRequests driver, Rid device, AttachHandle handle, List<PageRequest> requests) {
    this.driver = driver;
    this.device = device;
    this.handle = handle;
    this.requests = List.copyOf(requests);
  }

  /** The attachment that they came by. */
  public AttachHandle handle() {
    return handle;
  }

  /** The requests in the order of their arrival; at least one. */
  public List<PageRequest> requests() {
    return requests;
  }

  /**
   * iopf_group_response: answers the device.
   *
   * @throws IllegalStateException if it was answered before
   */
  public void respond(PageResponse response) {
    if (answered) {
      throw new IllegalStateException("a group of page requests is answered twice: " + requests);
    }
    answered = true;
    driver.respond(device, requests.get(requests.size() - 1), response);
  }
}
