package org.iommuref.spec.operation;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Blocks the accesses of a device under a PASID. */
public record RemovePasid(Rid device, Pasid pasid, DomainId old) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "pasid.remove";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        PasidBackend.class,
        b -> {
          b.removePasid(device, pasid, old);
          seam.heard().removed(device, pasid);
          return Reply.of(Result.done());
        });
  }
}
