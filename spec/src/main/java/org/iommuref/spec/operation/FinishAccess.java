package org.iommuref.spec.operation;

import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.backend.HeldAccesses;

/** Lets an issued access take effect if it has not yet; yields what the device saw. */
public record FinishAccess(int token) implements BackendOperation<AccessOutcome> {

  @Override
  public String op() {
    return "access.finish";
  }

  @Override
  public Class<AccessOutcome> yields() {
    return AccessOutcome.class;
  }

  @Override
  public Reply<AccessOutcome> applyTo(BackendSeam seam) {
    return seam.with(HeldAccesses.class, b -> Reply.ok(b.finish(token)));
  }
}
