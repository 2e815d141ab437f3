package org.iommuref.spec.operation;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result.Done;

/** Makes new mappings of a range visible to devices. */
public record SyncMap(DomainId domain, Iova iova, long size) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "sync_map";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return Reply.of(seam.backend().syncMap(domain, iova, size));
  }
}
