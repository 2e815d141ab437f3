package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Unbinds an ordinary driver. */
public record CoreUnuseDefault(Rid device) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.unuse_default";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.unuseDefaultDomain(device));
  }
}
