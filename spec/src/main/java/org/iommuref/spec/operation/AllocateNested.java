package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.call.Bytes;

/** Allocates a domain for a table of the user, nested on a paging domain. */
public record AllocateNested(DomainId domain, Rid device, DomainId parent, int type, Bytes data)
    implements BackendOperation<Done> {

  @Override
  public String op() {
    return "domain.alloc_nested";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        NestedDomains.class,
        b -> Reply.of(b.allocateNested(domain, device, parent, 0, new PassedData(type, data))));
  }
}
