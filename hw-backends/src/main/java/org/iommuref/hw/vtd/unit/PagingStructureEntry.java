package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;

/**
 * A pointer to a table in the paging-structure caches: found and invalidated by domain tag and
 * address. Manual 6.2.5.
 *
 * @param tag the domain as the lookup presents it
 * @param domainId the tag of the domain that it was filled from
 * @param base the first address below the table, in bytes
 * @param level the level of the entry that holds the pointer
 * @param table the table, in bytes
 * @param rights the {@link Rights} of all entries down to this; none for an entry that is not
 *     present, which only caching mode keeps
 */
public record PagingStructureEntry(
    long tag, int domainId, long base, int level, long table, int rights) implements CacheEntry {

  @Override
  public int shift() {
    return SecondStageEntry.shift(level);
  }
}
