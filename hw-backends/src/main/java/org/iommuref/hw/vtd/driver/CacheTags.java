package org.iommuref.hw.vtd.driver;

import java.util.List;
import org.apache.commons.collections4.SortedBag;
import org.apache.commons.collections4.bag.TreeBag;
import org.iommuref.hw.vtd.driver.DriverStep.AssignTag;
import org.iommuref.hw.vtd.driver.DriverStep.ReadTags;
import org.iommuref.hw.vtd.driver.DriverStep.UnassignTag;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * The tags of one domain, each as often as devices use it.
 *
 * <p>A tag is here before a context entry names it and until nothing is cached under it any more
 * (INV-004, INV-012). Source: drivers/iommu/intel/cache.c.
 */
final class CacheTags {

  private final DomainId domain;
  private final Steps steps;
  private final Footprint footprint;
  private final SortedBag<CacheTag> tags = new TreeBag<>();

  CacheTags(DomainId domain, Steps steps, Footprint footprint) {
    this.domain = domain;
    this.steps = steps;
    this.footprint = footprint;
  }

  void assign(CacheTag tag) {
    steps.perform(
        new AssignTag(domain, tag),
        step -> {
          footprint.write(this, 0);
          tags.add(step.tag());
        });
  }

  void unassign(CacheTag tag) {
    steps.perform(
        new UnassignTag(domain, tag),
        step -> {
          footprint.write(this, 0);
          tags.remove(step.tag(), 1);
        });
  }

  /** The tags as they are now, each once, in order. */
  List<CacheTag> now() {
    return steps.obtain(
        new ReadTags(domain),
        step -> {
          footprint.read(this, 0);
          return List.copyOf(tags.uniqueSet());
        });
  }
}
