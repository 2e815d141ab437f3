package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;

/** Devices that ask for pages. Linux: iommu_ops.page_response, iopf_queue_add_device. */
public interface PageRequests extends BackendExtension {

  /**
   * From now on a domain has somebody who deals with page requests: a device that is attached to it
   * may make them. Linux: iommu_domain.iopf_handler.
   */
  void expect(DomainId domain);

  /**
   * Tells who hears of page requests that hardware brings; without, each is answered as invalid.
   * Linux: iommu_report_device_fault.
   */
  default void listen(Listener listener) {}

  /** Hears of page requests. */
  @FunctionalInterface
  interface Listener {

    /** A device has made a request: whether it is answered, now or later. */
    boolean hears(Rid device, PageRequest request);
  }

  /** Whether page requests of the device are taken now. */
  boolean isTaking(Rid device);

  /**
   * Whether the device's page requests are those of another function too, as a virtual function's
   * are. Linux: pci_pri_supported of a virtual function.
   */
  default boolean areShared(Rid device) {
    return false;
  }

  /** Whether a user manages the table of PASIDs of devices. Linux: iommu_ops.user_pasid_table. */
  boolean hasUserPasidTable();

  /**
   * Answers a group of page requests, once.
   *
   * @param last the last request of the group
   */
  void respond(Rid device, PageRequest last, PageResponse response);
}
