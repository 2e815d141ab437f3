package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Invalidates what a gather holds. */
public record Sync(DomainId domain, int gather) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "sync";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    seam.backend().sync(domain, seam.gather(gather));
    return Reply.of(Result.done());
  }
}
