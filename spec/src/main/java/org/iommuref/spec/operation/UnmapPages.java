package org.iommuref.spec.operation;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;

/** Removes pages of one size into a gather; yields the bytes removed. */
public record UnmapPages(DomainId domain, Iova iova, long pageSize, long count, int gather)
    implements BackendOperation<Long> {

  @Override
  public String op() {
    return "unmap";
  }

  @Override
  public Class<Long> yields() {
    return Long.class;
  }

  @Override
  public Reply<Long> applyTo(BackendSeam seam) {
    return Reply.ok(seam.backend().unmap(domain, iova, pageSize, count, seam.gather(gather)));
  }
}
