package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Returns a device's group of one to its core domain. */
public record CoreDetachDevice(Rid device, DomainId domain) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.detach_device";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.detachDevice(device, domain));
  }
}
