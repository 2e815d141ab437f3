package org.iommuref.spec.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.operation.HeardPageRequests.Heard;
import org.jspecify.annotations.Nullable;

/**
 * Who deals with page requests where no core does: it writes them down, each with the domain that
 * it is for. A call that moves a device or a PASID has moved it when the call returns.
 */
final class PageRequestLog implements PageRequests.Listener {

  private record Requester(Rid device, @Nullable Pasid pasid) {}

  private final Map<Requester, DomainId> attached = new HashMap<>();
  private List<Heard> heard = new ArrayList<>();
  private final Set<DomainId> expected = new HashSet<>();
  private boolean listens;

  /** Hears of the driver's requests from now on, and deals with those for a domain. */
  void expect(DomainId domain, PageRequests driver) {
    expected.add(domain);
    if (!listens) {
      driver.listen(this);
      listens = true;
    }
  }

  void attached(Rid device, @Nullable Pasid pasid, DomainId domain) {
    attached.put(new Requester(device, pasid), domain);
  }

  void removed(Rid device, Pasid pasid) {
    attached.remove(new Requester(device, pasid));
  }

  void released(Rid device) {
    attached.keySet().removeIf(requester -> requester.device().equals(device));
  }

  @Override
  public boolean hears(Rid device, PageRequest request) {
    Pasid pasid = request.hasPasid() ? new Pasid(request.pasid()) : null;
    DomainId domain = attached.get(new Requester(device, pasid));
    if (domain == null || !expected.contains(domain)) {
      return false;
    }
    heard.add(
        new Heard(
            device, pasid, request.group(), request.isLast(), new Iova(request.address()), domain));
    return true;
  }

  /** What was heard since this was called last. */
  HeardPageRequests take() {
    List<Heard> taken = heard;
    heard = new ArrayList<>();
    return new HeardPageRequests(taken);
  }
}
