package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;

/**
 * A pointer to a first-stage table in the paging-structure caches: found and invalidated by domain
 * tag, PASID and address. Manual 6.2.5.
 *
 * @param tag domain and PASID as the lookup presents them
 * @param domainId the tag of the domain
 * @param pasid the PASID
 * @param base the first address below the table, in bytes
 * @param level the level of the entry that holds the pointer
 * @param table the table in host memory, in bytes
 * @param rights of all first-stage entries down to this
 * @param tableRights the second-stage rights of the page that holds the table
 */
public record FirstStagePointer(
    long tag,
    int domainId,
    int pasid,
    long base,
    int level,
    long table,
    int rights,
    int tableRights)
    implements CacheEntry {

  @Override
  public int shift() {
    return SecondStageEntry.shift(level);
  }
}
