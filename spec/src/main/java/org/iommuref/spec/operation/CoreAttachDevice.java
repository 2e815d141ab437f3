package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Attaches a device's group of one. */
public record CoreAttachDevice(Rid device, DomainId domain) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.attach_device";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.attachDevice(device, domain));
  }
}
