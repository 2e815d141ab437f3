package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Claims DMA ownership of a device's group for a user. */
public record CoreClaimOwner(Rid device, int owner) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.claim";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.claimOwner(device, owner));
  }
}
