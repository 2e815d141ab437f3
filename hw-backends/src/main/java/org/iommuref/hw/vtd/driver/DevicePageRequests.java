package org.iommuref.hw.vtd.driver;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;

/**
 * Page requests of devices in scalable mode: taken of those that are attached to a domain that
 * somebody expects them of. Source: drivers/iommu/intel/iommu.c iopf_for_domain_set and
 * drivers/iommu/intel/prq.c intel_iommu_page_response.
 */
final class DevicePageRequests implements PageRequests {

  private final Map<Rid, ServedDevice> devices;
  private final Set<DomainId> expecting = new HashSet<>();
  private PageRequestRing.Listener listener = (device, request) -> false;

  DevicePageRequests(Map<Rid, ServedDevice> devices) {
    this.devices = devices;
  }

  @Override
  public void expect(DomainId domain) {
    expecting.add(domain);
  }

  @Override
  public void listen(Listener hearing) {
    listener = (device, request) -> isTaking(device) && hearing.hears(device, request);
  }

  @Override
  public boolean isTaking(Rid device) {
    return devices.get(device) instanceof ScalableDevice scalable
        && scalable.isIn(expecting::contains);
  }

  @Override
  public boolean hasUserPasidTable() {
    return false;
  }

  @Override
  public void respond(Rid device, PageRequest last, PageResponse response) {
    if (devices.get(device) instanceof ScalableDevice scalable) {
      scalable.ring().respond(device, last, response);
    }
  }

  /** Who hears what arrives. */
  PageRequestRing.Listener listener() {
    return listener;
  }
}
