package org.iommuref.hw.radix;

import org.iommuref.spec.backend.Prot;

/**
 * Three levels of four entries each: pages of 4, 16 and 64 KiB, 18 bits of address. Above the
 * lowest level a leaf is marked; at it, every entry is one.
 */
record FourEntryFormat() implements TableFormat {

  static final long SMALL = 1L << 12;
  static final long MIDDLE = 1L << 14;
  static final long LARGE = 1L << 16;
  static final long APERTURE = 1L << 18;

  private static final long PRESENT = 1;
  private static final long PAGE = 2;
  private static final long READ = 4;
  private static final long WRITE = 8;
  private static final long ADDRESS = -1L << 12;

  @Override
  public int levels() {
    return 3;
  }

  @Override
  public int shift(int level) {
    return 10 + 2 * level;
  }

  @Override
  public int indexBits(int level) {
    return 2;
  }

  @Override
  public long pageSizes() {
    return SMALL | MIDDLE | LARGE;
  }

  @Override
  public int inputBits() {
    return 18;
  }

  @Override
  public int outputBits() {
    return 40;
  }

  @Override
  public EntryKind kind(long entry, int level) {
    if ((entry & PRESENT) == 0) {
      return EntryKind.EMPTY;
    }
    return level == 1 || (entry & PAGE) != 0 ? EntryKind.LEAF : EntryKind.TABLE;
  }

  @Override
  public long address(long entry, int level) {
    return entry & ADDRESS;
  }

  @Override
  public long link(long table, int level) {
    return table | PRESENT;
  }

  @Override
  public long leaf(long page, Prot prot, int level) {
    long bits = PRESENT | (level > 1 ? PAGE : 0);
    return page | bits | (prot.read() ? READ : 0) | (prot.write() ? WRITE : 0);
  }
}
