package org.iommuref.spec.operation;

import org.iommuref.spec.backend.CacheCoherency;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Makes a domain enforce cache coherency, for good. EOPNOTSUPP if it does not. */
public record EnforceCoherency(DomainId domain) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "domain.enforce_coherency";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        CacheCoherency.class,
        b -> Reply.of(b.enforce(domain) ? Result.done() : Result.err(Errno.EOPNOTSUPP)));
  }
}
