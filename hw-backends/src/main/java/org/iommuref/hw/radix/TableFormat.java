package org.iommuref.hw.radix;

import org.iommuref.spec.backend.Prot;

/**
 * How one architecture lays out its tables and writes their entries of 8 bytes.
 *
 * <p>Level 1 is the lowest; the table at level {@link #levels()} is the root. Addresses are in
 * bytes.
 */
public interface TableFormat {

  /** How many levels there are. */
  int levels();

  /**
   * The lowest address bit that selects an entry at {@code level}; the entry spans 2^shift bytes.
   */
  int shift(int level);

  /** How many address bits select an entry at {@code level}. */
  int indexBits(int level);

  /** The page sizes that have a leaf, as a bitmap in bytes. */
  long pageSizes();

  /** Input addresses are below 2 to this power. */
  int inputBits();

  /** Output addresses are below 2 to this power. */
  int outputBits();

  /** What an entry at {@code level} leads to. */
  EntryKind kind(long entry, int level);

  /** The table or page that an entry leads to. */
  long address(long entry, int level);

  /** The entry at {@code level} that leads to a table of the level below. */
  long link(long table, int level);

  /** The entry at {@code level} that leads to a page; {@code prot} grants at least one right. */
  long leaf(long page, Prot prot, int level);

  /** The bit that hardware sets in a leaf when it is written through; 0 if it sets none. */
  default long dirty() {
    return 0;
  }

  /** The bytes that one entry at {@code level} spans. */
  default long span(int level) {
    return 1L << shift(level);
  }

  /** The level whose entries span {@code pageSize} bytes, which is one of {@link #pageSizes()}. */
  default int levelOf(long pageSize) {
    for (int level = 1; level <= levels(); level++) {
      if (span(level) == pageSize) {
        return level;
      }
    }
    throw new IllegalArgumentException("no level has pages of " + pageSize + " bytes");
  }
}
