package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Puts a device that was reset on the domains of its group. */
public record CoreFinishReset(Rid device) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.reset.done";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return DeviceStateCall.on(core, c -> c.finishReset(device));
  }
}
