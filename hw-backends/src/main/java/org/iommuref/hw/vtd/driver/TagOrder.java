package org.iommuref.hw.vtd.driver;

import java.util.List;
import org.iommuref.spec.clause.Clause;

/** In which order what is cached under the tags of a domain is invalidated. */
@FunctionalInterface
public interface TagOrder {

  /** What units hold before what devices keep: a device may refill from its unit until then. */
  @Clause({"INV-001", "INV-004"})
  TagOrder UNITS_FIRST = tags -> tags;

  /** The tags, given in their own order, as they are gone through. */
  List<CacheTag> inOrder(List<CacheTag> tags);
}
