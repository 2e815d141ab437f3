package org.iommuref.model.iommufd.pagetable;

import java.util.List;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to what of the IOVAs of a map is reserved or allowed, its alignment, its domains. */
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

  /** The domains of the map. */
  record ListDomains() implements RangeStep, YieldingStep<List<DomainId>> {
    @Override
    public List<DomainId> ifDropped() {
      return List.of();
    }
  }

  /** Adds a domain to those of the map. */
  record AddDomain(DomainId domain) implements RangeStep {}

  /** Takes a domain from those of the map; whether it was one. */
  record RemoveDomain(DomainId domain) implements RangeStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Says whether pages larger than 4 KiB may be used. */
  record SetLargePages(boolean enabled) implements RangeStep {}
}
