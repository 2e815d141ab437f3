package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result.Done;

/** Frees a domain. */
public record FreeDomain(DomainId domain) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "domain.free";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return Reply.of(seam.backend().freeDomain(domain));
  }
}
