package org.iommuref.spec.operation;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.IommuCore;

/** Removes a range and invalidates it; yields the bytes removed. */
public record CoreUnmap(DomainId domain, Iova iova, long size) implements CoreOperation<Long> {

  @Override
  public String op() {
    return "core.unmap";
  }

  @Override
  public Class<Long> yields() {
    return Long.class;
  }

  @Override
  public Reply<Long> applyTo(IommuCore core) {
    return Reply.ok(core.unmap(domain, iova, size));
  }
}
