package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** Makes the accesses of a device without PASID go to a domain; names the domain it leaves. */
public record Attach(Rid device, DomainId domain, @Nullable DomainId old)
    implements BackendOperation<Done> {

  @Override
  public String op() {
    return "attach";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    Reply<Done> reply = Reply.of(seam.backend().attach(device, domain, old));
    if (reply instanceof Reply.Ok) {
      seam.heard().attached(device, null, domain);
    }
    return reply;
  }
}
