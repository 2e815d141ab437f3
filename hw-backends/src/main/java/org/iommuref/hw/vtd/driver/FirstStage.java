package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.EntryKind;
import org.iommuref.hw.radix.TableFormat;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.backend.Prot;

/**
 * First-stage tables of 4 levels (47 bits of address) or 5 (56 bits), in the format of x86.
 *
 * <p>The upper half of the addresses, where the top bit is extended, is not used. A page that may
 * be written may be read. A and, where a page may be written, D are set from the start, so that no
 * access has to write them. Manual 3.6 and 9.7; source: drivers/iommu/generic_pt/fmt/x86_64.h.
 *
 * @param levels 4 or 5
 * @param pageSizes the page sizes that the units have, as a bitmap in bytes
 */
public record FirstStage(int levels, long pageSizes) implements TableFormat {

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
    return shift(levels) + INDEX_BITS - 1;
  }

  @Override
  public int outputBits() {
    return OUTPUT_BITS;
  }

  @Override
  public EntryKind kind(long entry, int level) {
    if (!FirstStageEntry.P.isSet(entry)) {
      return EntryKind.EMPTY;
    }
    return level == 1 || FirstStageEntry.PS.isSet(entry) ? EntryKind.LEAF : EntryKind.TABLE;
  }

  @Override
  public long address(long entry, int level) {
    return FirstStageEntry.ADDR.address(entry);
  }

  @Override
  public long link(long table, int level) {
    return FirstStageEntry.table(table) | FirstStageEntry.A.mask();
  }

  @Override
  public long leaf(long page, Prot prot, int level) {
    long dirty = prot.write() ? FirstStageEntry.D.mask() : 0;
    return FirstStageEntry.leaf(page, level, prot.write()) | FirstStageEntry.A.mask() | dirty;
  }
}
