package org.iommuref.spec.operation;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;

/** Maps a range. */
public record CoreMap(DomainId domain, Iova iova, PhysAddr paddr, long size, Prot prot)
    implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.map";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.map(domain, iova, paddr, size, prot));
  }
}
