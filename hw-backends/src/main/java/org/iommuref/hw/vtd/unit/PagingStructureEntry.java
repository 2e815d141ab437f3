package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.jspecify.annotations.Nullable;

/**
 * A pointer to a table in the paging-structure caches: found and invalidated by domain tag and
 * address. Manual 6.2.5.
 *
 * <p>It can be filled again, as no record can, so that a translation allocates nothing. That costs
 * the reader all these accessors, and saves a few per cent of a miss.
 */
public final class PagingStructureEntry implements CacheEntry {

  private long tag;
  private int domainId;
  private long base;
  private int level;
  private long table;
  private int rights;

  PagingStructureEntry() {}

  /** Replaces all of it. Returns itself. */
  PagingStructureEntry hold(long tag, int domainId, long base, int level, long table, int rights) {
    this.tag = tag;
    this.domainId = domainId;
    this.base = base;
    this.level = level;
    this.table = table;
    this.rights = rights;
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

  /** The level of the entry that holds the pointer. */
  public int level() {
    return level;
  }

  /** The table, in bytes. */
  public long table() {
    return table;
  }

  /**
   * The {@link Rights} of all entries down to this; none for an entry that is not present, which
   * only caching mode keeps.
   */
  public int rights() {
    return rights;
  }

  @Override
  public int shift() {
    return SecondStageEntry.shift(level);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof PagingStructureEntry other
        && tag == other.tag
        && domainId == other.domainId
        && base == other.base
        && level == other.level
        && table == other.table
        && rights == other.rights;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * tag + base);
  }
}
