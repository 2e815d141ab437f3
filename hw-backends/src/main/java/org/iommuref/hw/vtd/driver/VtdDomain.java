package org.iommuref.hw.vtd.driver;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.radix.RadixTable;
import org.iommuref.spec.backend.DomainId;
import org.jspecify.annotations.Nullable;

/** A domain: what it does with an access, its table if it has one, and who uses it. */
final class VtdDomain {

  private final DomainId id;
  private final DomainKind kind;
  private final @Nullable RadixTable table;
  private final @Nullable Nesting nesting;
  private final Use use;
  private final CacheTags tags;
  private final List<Place> places = new ArrayList<>();
  private final List<VtdDomain> children = new ArrayList<>();
  private boolean tracksDirty;
  private boolean coherent;
  private @Nullable SnoopedLeaves leaves;

  /** What a domain that is nested has beneath it, and the user's table. */
  record Nesting(VtdDomain parent, UserTable table) {}

  /**
   * For what a domain was made.
   *
   * @param nestParent other domains may be nested on it
   * @param dirty it can record what devices write
   */
  record Use(boolean nestParent, boolean dirty) {
    static final Use PLAIN = new Use(false, false);
  }

  /** The entry of a device, or of one of its PASIDs, that names a domain. */
  interface Place {

    /** Makes the entry record, or no longer record, what the device writes. */
    void trackDirty(boolean enable);

    /** Makes the entry have the device's accesses snooped. */
    void snoopPages();

    /** Ends the entry of a PASID; what it refuses from then on is not recorded. */
    void endTable();
  }

  private VtdDomain(
      DomainId id,
      DomainKind kind,
      @Nullable RadixTable table,
      @Nullable Nesting nesting,
      Use use,
      CacheTags tags) {
    this.id = id;
    this.kind = kind;
    this.table = table;
    this.nesting = nesting;
    this.use = use;
    this.tags = tags;
  }

  /** A domain with a table of its own, or with none. */
  static VtdDomain of(
      DomainId id, DomainKind kind, @Nullable RadixTable table, Use use, CacheTags tags) {
    return new VtdDomain(id, kind, table, null, use, tags);
  }

  /** A domain that is nested on another one. */
  static VtdDomain nested(DomainId id, Nesting nesting, CacheTags tags) {
    VtdDomain child = new VtdDomain(id, DomainKind.NESTED, null, nesting, Use.PLAIN, tags);
    nesting.parent().children.add(child);
    return child;
  }

  DomainId id() {
    return id;
  }

  DomainKind kind() {
    return kind;
  }

  /** The table of a paging domain, or null. */
  @Nullable RadixTable table() {
    return table;
  }

  /** The table of a domain that is known to have one. */
  RadixTable ownTable() {
    if (table == null) {
      throw new IllegalStateException(id + " has no table");
    }
    return table;
  }

  /** What a domain is nested on that is known to be nested. */
  Nesting nesting() {
    if (nesting == null) {
      throw new IllegalStateException(id + " is not nested");
    }
    return nesting;
  }

  Use use() {
    return use;
  }

  /** Whether the driver gives it an id on each unit; identity has one for all, blocked none. */
  boolean hasDomainId() {
    return kind != DomainKind.BLOCKED && kind != DomainKind.IDENTITY;
  }

  CacheTags tags() {
    return tags;
  }

  /** The domain, whose leaves of the second stage can be made snooped. */
  VtdDomain with(SnoopedLeaves format) {
    leaves = format;
    return this;
  }

  /** Whether the accesses of its devices are snooped whatever they ask for. */
  boolean enforcesCoherency() {
    return coherent;
  }

  /** Makes them so, for good; nothing is mapped yet. */
  void enforceCoherency(boolean snoopsLeaves) {
    if (coherent) {
      return;
    }
    coherent = true;
    if (kind == DomainKind.FIRST_STAGE) {
      places.forEach(Place::snoopPages);
    } else if (leaves != null && snoopsLeaves) {
      leaves.begin();
    }
  }

  /** Whether entries that name the domain, or one nested on it, record what devices write. */
  boolean tracksDirty() {
    return tracksDirty;
  }

  /** Changes that for entries to come and, in all that name it now, at once. */
  void trackDirty(boolean enable) {
    if (tracksDirty == enable) {
      return;
    }
    tracksDirty = enable;
    places.forEach(place -> place.trackDirty(enable));
    children.forEach(child -> child.places.forEach(place -> place.trackDirty(enable)));
  }

  /** Ends the entries of all PASIDs that name it; they stay set to it. */
  void endTable() {
    places.forEach(Place::endTable);
  }

  void enter(Place place) {
    places.add(place);
  }

  void leave(Place place) {
    places.remove(place);
  }

  boolean isAttached() {
    return !places.isEmpty();
  }

  /** Whether another domain is nested on it. */
  boolean hasChildren() {
    return !children.isEmpty();
  }

  /** It is gone: its parent forgets it. */
  void end() {
    if (nesting != null) {
      nesting.parent().children.remove(this);
    }
  }
}
