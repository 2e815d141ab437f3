package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.errno.Result.Done;

/** Allocates a domain under a name that the caller chose. */
public record AllocateDomain(DomainId domain, DomainType type) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "domain.alloc";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return Reply.of(seam.backend().allocateDomain(domain, type));
  }
}
