package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Maps something for a device by the DMA API: what comes before the mapping. */
public record CoreDeferredAttach(Rid device) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.deferred_attach";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return DeviceStateCall.on(core, c -> c.deferredAttach(device));
  }
}
