package org.iommuref.conformance.trace;

import org.iommuref.spec.step.YieldingStep;

/** The caller of map takes a page of data from the pool: its address in bytes, or -1. */
record AllocPage() implements YieldingStep<Long> {
  @Override
  public Long ifDropped() {
    return -1L;
  }
}
