package org.iommuref.spec.operation;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** Makes the accesses of a device under a PASID go to a domain; names the domain it leaves. */
public record SetPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old)
    implements BackendOperation<Done> {

  @Override
  public String op() {
    return "pasid.set";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    Reply<Done> reply =
        seam.with(PasidBackend.class, b -> Reply.of(b.setPasid(device, pasid, domain, old)));
    if (reply instanceof Reply.Ok) {
      seam.heard().attached(device, pasid, domain);
    }
    return reply;
  }
}
