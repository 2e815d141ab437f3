package org.iommuref.model.core;

import java.util.List;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/** Page requests that are answered together, and once. Linux: struct iopf_group. */
public final class PageFaultGroup {

  private final Steps steps;
  private final Footprint footprint;
  private final PageRequests driver;
  private final Rid device;
  private final AttachHandle handle;
  private final List<PageRequest> requests;
  private boolean answered;

  PageFaultGroup(
      Steps steps,
      Footprint footprint,
      PageRequests driver,
      Rid device,
      AttachHandle handle,
      List<PageRequest> requests) {
    this.steps = steps;
    this.footprint = footprint;
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

  /** Whether it has an answer, as whoever looks on sees it. */
  public boolean isAnswered() {
    return answered;
  }

  /**
   * iopf_group_response: answers the device.
   *
   * @throws IllegalStateException if it was answered before
   */
  public void respond(PageResponse response) {
    PageRequest last = requests.get(requests.size() - 1);
    steps.perform(
        new FaultStep.AnswerGroup(device, last.group()),
        step -> {
          footprint.write(this, 0);
          if (answered) {
            throw new IllegalStateException(
                "IOPF-037: a group of page requests is answered twice: " + requests);
          }
          answered = true;
        });
    driver.respond(device, last, response);
  }

  @Override
  public String toString() {
    return "group " + requests.get(0).group() + " of " + device;
  }
}
