package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.jspecify.annotations.Nullable;

/**
 * A translation in the IOTLB: found by requester and address, invalidated by domain tag and
 * address. Manual 6.2.4.
 *
 * <p>It can be filled again, as no record can, so that a translation allocates nothing. That costs
 * the reader all these accessors, and saves a few per cent of a miss.
 */
public final class IotlbEntry implements CacheEntry {

  private long tag;
  private int domainId;
  private long base;
  private int shift;
  private long page;
  private int rights;
  private boolean faultsSilenced;

  IotlbEntry() {}

  /** Replaces all of it. Returns itself. */
  IotlbEntry hold(
      long tag, int domainId, long base, int shift, long page, int rights, boolean faultsSilenced) {
    this.tag = tag;
    this.domainId = domainId;
    this.base = base;
    this.shift = shift;
    this.page = page;
    this.rights = rights;
    this.faultsSilenced = faultsSilenced;
    return this;
  }

  @Override
  public long tag() {
    return tag;
  }

  /** The tag of the domain that it was filled from. */
  public int domainId() {
    return domainId;
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public int shift() {
    return shift;
  }

  /** Where the page is, in bytes. */
  public long page() {
    return page;
  }

  /**
   * The {@link Rights} of all entries of the walk; none for a page that is not present, which only
   * caching mode keeps.
   */
  public int rights() {
    return rights;
  }

  /** FPD of the context entry. */
  public boolean faultsSilenced() {
    return faultsSilenced;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof IotlbEntry other
        && tag == other.tag
        && domainId == other.domainId
        && base == other.base
        && shift == other.shift
        && page == other.page
        && rights == other.rights
        && faultsSilenced == other.faultsSilenced;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * tag + base);
  }
}
