package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Allocates a domain in the core. */
public record CoreAllocateDomain(DomainId domain, DomainType type) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.domain.alloc";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.allocateDomain(domain, type));
  }
}
