package org.iommuref.spec.spi;

import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PageAllocator;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * What an implementation of ours stands on: all that is shared, and all that decides.
 *
 * @param topology the devices
 * @param memory what devices and units reach
 * @param tables the allocator of pages for tables and queues
 * @param steps the path to shared state, and the source of every choice
 * @param footprint who hears of accesses to shared state other than memory
 * @param caches how the unit's caches behave
 */
public record Environment(
    Topology topology,
    Memory memory,
    PageAllocator tables,
    Steps steps,
    Footprint footprint,
    CachePolicy caches) {

  /** The same with other steps. */
  public Environment withSteps(Steps other) {
    return new Environment(topology, memory, tables, other, footprint, caches);
  }
}
