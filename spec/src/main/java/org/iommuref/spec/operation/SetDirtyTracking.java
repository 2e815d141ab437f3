package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result.Done;

/** Makes a domain record, or no longer record, what devices write. */
public record SetDirtyTracking(DomainId domain, boolean enable) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "dirty.track";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(DirtyTracking.class, b -> Reply.of(b.setDirtyTracking(domain, enable)));
  }
}
