package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Gives DMA ownership of a device's group back. */
public record CoreReleaseOwner(Rid device) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.release";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.releaseOwner(device));
  }
}
