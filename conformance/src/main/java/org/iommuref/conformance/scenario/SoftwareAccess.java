package org.iommuref.conformance.scenario;

import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** What a thread of a scenario does to memory by itself; addresses in bytes. */
sealed interface SoftwareAccess extends Step {

  /** Reads 8 bytes. */
  record ReadData(long address) implements SoftwareAccess, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Writes 8 bytes. */
  record WriteData(long address, long value) implements SoftwareAccess {}
}
