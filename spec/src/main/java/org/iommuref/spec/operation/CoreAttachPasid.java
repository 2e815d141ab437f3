package org.iommuref.spec.operation;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Sets a PASID of a device's group. */
public record CoreAttachPasid(Rid device, Pasid pasid, DomainId domain)
    implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.pasid.attach";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return PasidCoreCall.on(core, c -> c.attachPasid(device, pasid, domain));
  }
}
