package org.iommuref.spec.operation;

import org.iommuref.spec.access.FaultLog;

/** Reads and clears the fault records. */
public record TakeFaults() implements BackendOperation<FaultLog> {

  @Override
  public String op() {
    return "faults";
  }

  @Override
  public Class<FaultLog> yields() {
    return FaultLog.class;
  }

  @Override
  public Reply<FaultLog> applyTo(BackendSeam seam) {
    return Reply.ok(seam.backend().takeFaults());
  }
}
