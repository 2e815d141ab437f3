package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Blocks a device that is going to be reset. */
public record CorePrepareReset(Rid device) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.reset.prepare";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return DeviceStateCall.on(core, c -> c.prepareReset(device));
  }
}
