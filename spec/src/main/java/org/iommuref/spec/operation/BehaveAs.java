package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.KeepingDevices;
import org.iommuref.spec.backend.KeepingDevices.Manner;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Makes a device behave in a manner. */
public record BehaveAs(Rid device, Manner manner) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "device.behave";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        KeepingDevices.class,
        b -> {
          b.behave(device, manner);
          return Reply.of(Result.done());
        });
  }
}
