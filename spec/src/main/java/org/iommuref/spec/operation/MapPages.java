package org.iommuref.spec.operation;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.PhysAddr;

/** Maps pages of one size; yields the bytes mapped. */
public record MapPages(
    DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot)
    implements BackendOperation<Long> {

  @Override
  public String op() {
    return "map";
  }

  @Override
  public Class<Long> yields() {
    return Long.class;
  }

  @Override
  public Reply<Long> applyTo(BackendSeam seam) {
    return Reply.of(seam.backend().map(domain, iova, paddr, pageSize, count, prot));
  }
}
