package org.iommuref.spec.operation;

import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.backend.HeldAccesses;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/** Lets a device issue an access that takes effect later. */
public record IssueAccess(int token, DeviceAccess access) implements BackendOperation<Done> {

  @Override
  public String op() {
    return "access.issue";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(BackendSeam seam) {
    return seam.with(
        HeldAccesses.class,
        b -> {
          b.issue(token, access);
          return Reply.of(Result.done());
        });
  }
}
