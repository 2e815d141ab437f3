package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.jspecify.annotations.Nullable;

/**
 * A pointer to a first-stage table in the paging-structure caches: found and invalidated by domain
 * tag, PASID and address. Manual 6.2.5.
 *
 * <p>It can be filled again, as no record can, so that a translation allocates nothing. That costs
 * the reader all these accessors, and saves a few per cent of a miss.
 */
public final class FirstStagePointer implements CacheEntry {

  private long tag;
  private int domainId;
  private int pasid;
  private long base;
  private int level;
  private long table;
  private int rights;
  private int tableRights;

  FirstStagePointer() {}

  /** Replaces all of it. Returns itself. */
  FirstStagePointer hold(
      long tag,
      int domainId,
      int pasid,
      long base,
      int level,
      long table,
      int rights,
      int tableRights) {
    this.tag = tag;
    this.domainId = domainId;
    this.pasid = pasid;
    this.base = base;
    this.level = level;
    this.table = table;
    this.rights = rights;
    this.tableRights = tableRights;
    return this;
  }

  @Override
  public long tag() {
    return tag;
  }

  /** The tag of the domain. */
  public int domainId() {
    return domainId;
  }

  /** The PASID. */
  public int pasid() {
    return pasid;
  }

  @Override
  public long base() {
    return base;
  }

  /** The level of the entry that holds the pointer. */
  public int level() {
    return level;
  }

  /** The table in host memory, in bytes. */
  public long table() {
    return table;
  }

  /** The rights of all first-stage entries down to this. */
  public int rights() {
    return rights;
  }

  /** The second-stage rights of the page that holds the table. */
  public int tableRights() {
    return tableRights;
  }

  @Override
  public int shift() {
    return SecondStageEntry.shift(level);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof FirstStagePointer other
        && tag == other.tag
        && domainId == other.domainId
        && pasid == other.pasid
        && base == other.base
        && level == other.level
        && table == other.table
        && rights == other.rights
        && tableRights == other.tableRights;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * tag + base);
  }
}
