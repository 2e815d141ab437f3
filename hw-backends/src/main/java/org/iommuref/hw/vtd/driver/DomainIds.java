package org.iommuref.hw.vtd.driver;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.iommuref.hw.vtd.driver.DriverStep.PutDomainId;
import org.iommuref.hw.vtd.driver.DriverStep.TakeDomainId;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * The domain ids of one unit: one for each paging domain in use on it, as long as any device uses
 * it.
 *
 * <p>Id 0 is what a unit in caching mode tags faulting entries with and is never given out; id 1 is
 * shared by all identity domains; paging domains have 2 and up. An id comes back only when the
 * caches hold nothing under it, so that its next owner finds it clean. Source:
 * drivers/iommu/intel/iommu.c domain_attach_iommu.
 */
@Clause({"DOM-006", "DOM-007"})
final class DomainIds {

  /** What there is when no id is left. */
  static final int NONE = -1;

  /** The id of identity domains. */
  static final int IDENTITY = 1;

  private static final int FIRST = 2;

  private final int unit;
  private final int count;
  private final Steps steps;
  private final Footprint footprint;
  private final BitSet taken = new BitSet();
  private final Map<DomainId, Use> uses = new HashMap<>();

  private record Use(int id, int users) {}

  /** The ids below {@code count} of a unit. */
  DomainIds(int unit, int count, Steps steps, Footprint footprint) {
    this.unit = unit;
    this.count = count;
    this.steps = steps;
    this.footprint = footprint;
  }

  /** The domain's id, for one more user; {@link #NONE} if a first user finds none left. */
  int take(DomainId domain) {
    return steps.obtain(
        new TakeDomainId(unit, domain),
        step -> {
          footprint.write(this, 0);
          return takeNow(step.domain());
        });
  }

  /** Ends one use of the domain's id. */
  void put(DomainId domain) {
    steps.perform(
        new PutDomainId(unit, domain),
        step -> {
          footprint.write(this, 0);
          putNow(step.domain());
        });
  }

  private int takeNow(DomainId domain) {
    Use use = uses.get(domain);
    if (use != null) {
      uses.put(domain, new Use(use.id, use.users + 1));
      return use.id;
    }
    int id = taken.nextClearBit(FIRST);
    if (id >= count) {
      return NONE;
    }
    taken.set(id);
    uses.put(domain, new Use(id, 1));
    return id;
  }

  private void putNow(DomainId domain) {
    Use use = uses.get(domain);
    if (use == null) {
      return;
    }
    if (use.users == 1) {
      taken.clear(use.id);
      uses.remove(domain);
    } else {
      uses.put(domain, new Use(use.id, use.users - 1));
    }
  }
}
