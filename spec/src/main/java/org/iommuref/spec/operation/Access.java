package org.iommuref.spec.operation;

import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;

/** Lets a device make an access. */
public record Access(DeviceAccess access) implements BackendOperation<AccessOutcome> {

  @Override
  public String op() {
    return "access";
  }

  @Override
  public Class<AccessOutcome> yields() {
    return AccessOutcome.class;
  }

  @Override
  public Reply<AccessOutcome> applyTo(BackendSeam seam) {
    return Reply.ok(seam.backend().access(access));
  }
}
