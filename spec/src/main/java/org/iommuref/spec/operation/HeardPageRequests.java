package org.iommuref.spec.operation;

import java.util.List;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.jspecify.annotations.Nullable;

/**
 * The page requests that a driver has handed on.
 *
 * @param requests in the order in which they were heard
 */
public record HeardPageRequests(List<Heard> requests) {

  /** Copies the list. */
  public HeardPageRequests {
    requests = List.copyOf(requests);
  }

  /**
   * A page request.
   *
   * @param device who has asked
   * @param pasid for which PASID, or null for none
   * @param group the index of its group
   * @param last whether it ends the group
   * @param address of the page
   * @param domain what device and PASID were set to when it was heard, or null for nothing
   */
  public record Heard(
      Rid device,
      @Nullable Pasid pasid,
      int group,
      boolean last,
      Iova address,
      @Nullable DomainId domain) {}
}
