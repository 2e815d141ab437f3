package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.jspecify.annotations.Nullable;

/**
 * A context entry in the context cache: found by requester, invalidated by requester and domain
 * tag. Manual 6.2.2.
 *
 * @param tag the requester as the lookup presents it
 * @param sourceId the requester
 * @param domainId the tag of its domain; 0 for a fault, which only caching mode keeps
 * @param translationType TT
 * @param addressWidth AW
 * @param table SSPTPTR
 * @param faultsSilenced FPD
 * @param fault what the entry was refused for, or null for one that can be used
 */
public record ContextCacheEntry(
    long tag,
    int sourceId,
    int domainId,
    int translationType,
    int addressWidth,
    long table,
    boolean faultsSilenced,
    @Nullable FaultReason fault)
    implements CacheEntry {

  /** The size of range of entries without address. */
  static final int SHIFT = 63;

  @Override
  public long base() {
    return 0;
  }

  @Override
  public int shift() {
    return SHIFT;
  }
}
