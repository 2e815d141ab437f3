package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result.Done;

/** Begins to serve a device. */
public record Probe(Rid device) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "probe";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return Reply.of(seam.backend().probe(device));
  }
}
