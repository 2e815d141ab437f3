package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Clause;

/**
 * Where entries lie, what is seen of them and what they point to. Manual 3.4 and 3.7. Addresses in
 * bytes.
 */
public interface TableGeometry {

  /** The root entry of a requester: by bus number. */
  @Clause("VTD-007")
  default long rootEntry(long rootTable, int sourceId) {
    return rootTable + RootEntry.offset(sourceId >>> 8);
  }

  /** The context entry of a requester: by device and function number. */
  @Clause("VTD-007")
  default long contextEntry(long contextTable, int sourceId) {
    return contextTable + ContextEntry.offset(sourceId & 0xff);
  }

  /** How many levels of tables a walk has. */
  @Clause("VTD-010")
  default int levels(int addressWidth) {
    return ContextEntry.levels(addressWidth);
  }

  /** The entry of an address in a table of a level: nine bits of the address select it. */
  @Clause("VTD-010")
  default long entry(long table, long address, int level) {
    return table + (long) SecondStageEntry.index(address, level) * SecondStageEntry.BYTES;
  }

  /** Whether the walk ends at the entry. */
  @Clause("VTD-015")
  default boolean isLeaf(long entry, int level) {
    return level == 1 || SecondStageEntry.PS.isSet(entry);
  }

  /** The page of a leaf. */
  default long page(long entry, int level) {
    return SecondStageEntry.ADDR.address(entry) & (-1L << SecondStageEntry.shift(level));
  }

  /**
   * What a walk takes a quadword of an entry for: what memory holds.
   *
   * @param entry what kind of entry was read
   * @param level of a table entry, from 1; of a structure 0, but 1 of an upper half
   * @param quadword which of the entry's, from 0
   * @param value what memory holds
   */
  default long seen(Layout entry, int level, int quadword, long value) {
    return value;
  }

  /** Where an address goes whose page of 2^shift bytes is known: to the same offset in it. */
  @Clause({"MAP-001", "MAP-009"})
  default long output(long page, int shift, long address) {
    return page | (address & ((1L << shift) - 1));
  }
}
