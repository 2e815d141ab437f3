package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * An interrupt remapping entry in the interrupt entry cache: found and invalidated by index. Manual
 * 6.2.6.
 *
 * @param tag the index
 * @param content the entry
 */
public record InterruptCacheEntry(long tag, Atom content) implements CacheEntry {

  @Override
  public long base() {
    return 0;
  }

  @Override
  public int shift() {
    return ContextCacheEntry.SHIFT;
  }
}
