package org.iommuref.model.mock;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Which mock devices may ask for pages: those with an attachment to a domain that expects it.
 * Linux: mock_dev_enable_iopf, mock_dev_disable_iopf.
 */
final class MockPageRequests implements PageRequests {

  private final Allocations allocations;
  private final Shared shared;
  private final Set<DomainId> expecting = new HashSet<>();
  private final Map<Rid, Integer> attachments = new HashMap<>();

  MockPageRequests(Allocations allocations, Function<Lifetime, Shared> shared) {
    this.allocations = allocations;
    this.shared = shared.apply(new Lifetime("the page requests of mock devices"));
  }

  @Override
  public void expect(DomainId domain) {
    expecting.add(domain);
  }

  @Override
  public boolean isTaking(Rid device) {
    return shared.look(
        new MockStep.LookAtRequests(device), step -> attachments.containsKey(step.device()));
  }

  @Override
  public boolean hasUserPasidTable() {
    return true;
  }

  /** {@inheritDoc} A mock device waits for no answer. */
  @Override
  public void respond(Rid device, PageRequest last, PageResponse response) {
    // mock_domain_page_response
  }

  /** Before a device enters a domain; ENOMEM. */
  @Nullable Errno enable(Rid device, DomainId domain) {
    if (!expecting.contains(domain)) {
      return null;
    }
    if (!isTaking(device) && allocations.fails("allocation of a device's page requests")) {
      return Errno.ENOMEM;
    }
    count(device, 1);
    return null;
  }

  /** After a device has left a domain. */
  void disable(Rid device, @Nullable DomainId domain) {
    if (domain != null && expecting.contains(domain)) {
      count(device, -1);
    }
  }

  private void count(Rid device, int change) {
    shared.change(
        new MockStep.CountRequests(device, change),
        step ->
            attachments.merge(step.device(), step.change(), (a, b) -> a + b == 0 ? null : a + b));
  }

  void free(DomainId domain) {
    expecting.remove(domain);
  }
}
