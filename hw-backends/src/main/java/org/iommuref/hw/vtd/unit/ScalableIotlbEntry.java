package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.cache.CacheEntry;
import org.jspecify.annotations.Nullable;

/**
 * A translation of scalable mode in the IOTLB: found by requester, PASID and address, invalidated
 * by domain tag, PASID, type and address. Manual 6.2.1 and 6.2.4.
 *
 * <p>It can be filled again, as no record can, so that a translation allocates nothing. That costs
 * the reader all these accessors, and saves a few per cent of a miss.
 */
public final class ScalableIotlbEntry implements CacheEntry {

  private long tag;
  private int pasid;
  private boolean privileged;
  private PasidContent content = PasidContent.NOTHING;
  private long base;
  private int shift;
  private long page;
  private int firstStageRights;
  private int secondStageRights;
  private boolean dirty;
  private boolean snooped;
  private boolean faultsSilenced;

  ScalableIotlbEntry() {}

  /** Replaces all of it. Returns itself. */
  ScalableIotlbEntry hold(
      long tag,
      int pasid,
      boolean privileged,
      PasidContent content,
      long base,
      int shift,
      long page,
      int firstStageRights,
      int secondStageRights,
      boolean dirty,
      boolean snooped,
      boolean faultsSilenced) {
    this.tag = tag;
    this.pasid = pasid;
    this.privileged = privileged;
    this.content = content;
    this.base = base;
    this.shift = shift;
    this.page = page;
    this.firstStageRights = firstStageRights;
    this.secondStageRights = secondStageRights;
    this.dirty = dirty;
    this.snooped = snooped;
    this.faultsSilenced = faultsSilenced;
    return this;
  }

  @Override
  public long tag() {
    return tag;
  }

  /** The PASID that it was translated by: RID_PASID where the request had none. */
  public int pasid() {
    return pasid;
  }

  /** RID_PRIV where the request had no PASID. */
  public boolean privileged() {
    return privileged;
  }

  /** The PASID entry that it was filled from. */
  public PasidContent content() {
    return content;
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

  /** The rights of all first-stage entries of the walk. */
  public int firstStageRights() {
    return firstStageRights;
  }

  /** The rights of all second-stage entries of the walk for the page. */
  public int secondStageRights() {
    return secondStageRights;
  }

  /** Whether a write needs no update of any entry. */
  public boolean dirty() {
    return dirty;
  }

  /** SNP of the second-stage leaf. */
  public boolean snooped() {
    return snooped;
  }

  /** FPD of any structure of the walk. */
  public boolean faultsSilenced() {
    return faultsSilenced;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ScalableIotlbEntry other
        && tag == other.tag
        && pasid == other.pasid
        && privileged == other.privileged
        && content.equals(other.content)
        && base == other.base
        && shift == other.shift
        && page == other.page
        && firstStageRights == other.firstStageRights
        && secondStageRights == other.secondStageRights
        && dirty == other.dirty
        && snooped == other.snooped
        && faultsSilenced == other.faultsSilenced;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * tag + base);
  }
}
