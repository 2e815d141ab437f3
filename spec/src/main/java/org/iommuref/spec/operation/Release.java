package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result.Done;

/** Ends to serve a device. */
public record Release(Rid device) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "release";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    Reply<Done> reply = Reply.of(seam.backend().release(device));
    if (reply instanceof Reply.Ok) {
      seam.heard().released(device);
    }
    return reply;
  }
}
