package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.jspecify.annotations.Nullable;

/**
 * A context entry of scalable mode in the context cache: found and invalidated by requester. Manual
 * 6.2.2.
 *
 * @param tag the requester as the lookup presents it
 * @param sourceId the requester
 * @param low the first quadword of the entry
 * @param high the second one
 * @param faultsSilenced FPD
 * @param fault what the entry was refused for, which only caching mode keeps, or null
 */
public record ScalableContextCacheEntry(
    long tag,
    int sourceId,
    long low,
    long high,
    boolean faultsSilenced,
    @Nullable FaultReason fault)
    implements CacheEntry {

  @Override
  public long base() {
    return 0;
  }

  @Override
  public int shift() {
    return ContextCacheEntry.SHIFT;
  }
}
