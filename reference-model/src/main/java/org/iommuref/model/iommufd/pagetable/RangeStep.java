package org.iommuref.model.iommufd.pagetable;

import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to what of the IOVAs of a map is reserved or allowed, and to its alignment. */
public sealed interface RangeStep extends Step {

  /** Whether a range meets one that is reserved. */
  record LookForReserved(long start, long last) implements RangeStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** Whether a range meets one that is allowed. */
  record LookForAllowed(long start, long last) implements RangeStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** Reserves a range. */
  record ReserveRange(long start, long last) implements RangeStep {}

  /** Lets go of every range of one owner. */
  record ReleaseRanges(String owner) implements RangeStep {}

  /** Puts other allowed ranges in the place of those there were. */
  record SetAllowed(int ranges) implements RangeStep {}

  /** Changes what IOVAs and lengths are a multiple of, in bytes. */
  record SetAlignment(long alignment) implements RangeStep {}

  /** Says whether pages larger than 4 KiB may be used. */
  record SetLargePages(boolean enabled) implements RangeStep {}
}
