package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Invalidates all former mappings of a domain. */
public record FlushAll(DomainId domain) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "flush_all";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    seam.backend().flushAll(domain);
    return Reply.of(Result.done());
  }
}
