package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.RadixTable;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.jspecify.annotations.Nullable;

/** A domain: what it does with an access, its table if it has one, and who uses it. */
final class VtdDomain {

  private final DomainId id;
  private final DomainType type;
  private final @Nullable RadixTable table;
  private final CacheTags tags;
  private int devices;

  VtdDomain(DomainId id, DomainType type, @Nullable RadixTable table, CacheTags tags) {
    this.id = id;
    this.type = type;
    this.table = table;
    this.tags = tags;
  }

  DomainId id() {
    return id;
  }

  DomainType type() {
    return type;
  }

  /** The table of a paging domain, or null. */
  @Nullable RadixTable table() {
    return table;
  }

  CacheTags tags() {
    return tags;
  }

  void enter() {
    devices++;
  }

  void leave() {
    devices--;
  }

  boolean isAttached() {
    return devices > 0;
  }
}
