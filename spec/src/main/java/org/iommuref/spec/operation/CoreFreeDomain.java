package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Frees a domain in the core. */
public record CoreFreeDomain(DomainId domain) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.domain.free";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.freeDomain(domain));
  }
}
