package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.jspecify.annotations.Nullable;

/**
 * A PASID entry in the PASID cache: found by requester and PASID, invalidated by domain tag and
 * PASID. Manual 6.2.3.
 *
 * @param tag requester and PASID as the lookup presents them
 * @param domainId the tag of its domain; 0 for a fault, which only caching mode keeps
 * @param pasid the PASID
 * @param content the entry
 * @param faultsSilenced FPD of the PASID directory entry or the PASID entry
 * @param fault what the entry was refused for, or null for one that can be used
 */
public record PasidCacheEntry(
    long tag,
    int domainId,
    int pasid,
    PasidContent content,
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
