package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.EntryKind;
import org.iommuref.hw.radix.TableFormat;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.backend.Prot;

/**
 * Second-stage tables of 3 levels (39 bits of address) or 4 (48 bits).
 *
 * <p>Manual 3.7 and 9.8; source: drivers/iommu/generic_pt/fmt/vtdss.h.
 *
 * @param levels 3 or 4
 * @param pageSizes the page sizes that the units have, as a bitmap in bytes
 */
public record SecondStage(int levels, long pageSizes) implements TableFormat {

  private static final int INDEX_BITS = 9;
  private static final int OUTPUT_BITS = 52;

  @Override
  public int shift(int level) {
    return SecondStageEntry.shift(level);
  }

  @Override
  public int indexBits(int level) {
    return INDEX_BITS;
  }

  @Override
  public int inputBits() {
    return shift(levels) + INDEX_BITS;
  }

  @Override
  public int outputBits() {
    return OUTPUT_BITS;
  }

  @Override
  public EntryKind kind(long entry, int level) {
    if (!SecondStageEntry.R.isSet(entry) && !SecondStageEntry.W.isSet(entry)) {
      return EntryKind.EMPTY;
    }
    return level == 1 || SecondStageEntry.PS.isSet(entry) ? EntryKind.LEAF : EntryKind.TABLE;
  }

  @Override
  public long address(long entry, int level) {
    return SecondStageEntry.ADDR.address(entry);
  }

  @Override
  public long link(long table, int level) {
    return SecondStageEntry.table(table);
  }

  @Override
  public long leaf(long page, Prot prot, int level) {
    return SecondStageEntry.leaf(page, level, prot.read(), prot.write());
  }

  @Override
  public long dirty() {
    return SecondStageEntry.D.mask();
  }
}
