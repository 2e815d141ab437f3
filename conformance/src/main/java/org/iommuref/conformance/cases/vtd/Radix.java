package org.iommuref.conformance.cases.vtd;

/**
 * Tables of nine address bits a level, of either stage, as software lays them out. Manual 9.7, 9.8.
 *
 * @param script that writes them
 * @param top the address of the top table
 * @param levels how many there are
 * @param link the bits of an entry that points to a table, beside the address
 */
record Radix(Script script, long top, int levels, long link) {

  static final int READ = 1;
  static final int WRITE = 2;

  /** The rights of the second stage. */
  static final int RIGHTS = READ | WRITE;

  /** Of the first stage: P, R/W and U/S, with A set, so that no flag has to be. */
  static final long PRESENT = 1;

  static final long RW = 2;
  static final long US = 4;
  static final long A = 1 << 5;
  static final long D = 1 << 6;
  static final long EA = 1 << 10;

  /** Of a leaf above the last level, in both stages. */
  static final long PS = 1 << 7;

  /** SNP of a second-stage leaf. */
  static final long SNP = 1 << 11;

  /** A and D of the second stage. */
  static final long SECOND_A = 1 << 8;

  static final long SECOND_D = 1 << 9;

  /** The bits of an address, in entries of every kind. */
  static final long ADDRESS = 0x000f_ffff_ffff_f000L;

  private static final int INDEX_BITS = 9;
  private static final int PAGE_SHIFT = 12;

  /** A second stage below a new top table. */
  static Radix second(Script script, int levels) {
    return new Radix(script, script.page(), levels, RIGHTS);
  }

  /** A first stage below a new top table. */
  static Radix first(Script script, int levels) {
    return new Radix(script, script.page(), levels, PRESENT | RW | US | A);
  }

  /** The bytes that an entry of a level covers, 1 for the last. */
  static long bytes(int level) {
    return 1L << shift(level);
  }

  private static int shift(int level) {
    return PAGE_SHIFT + INDEX_BITS * (level - 1);
  }

  /** Where the entry of a level for an address is; tables above it are linked if there are none. */
  long entry(long address, int level) {
    long table = top;
    for (int at = levels; at > level; at--) {
      long entry = slot(table, address, at);
      if (script.at(entry) == 0) {
        script.put(entry, script.page() | link);
      }
      table = script.at(entry) & ADDRESS;
    }
    return slot(table, address, level);
  }

  private static long slot(long table, long address, int level) {
    return table + Long.BYTES * (address >>> shift(level) & (1 << INDEX_BITS) - 1);
  }

  /** Maps a page of a level with all rights; of a first stage with A and D set. */
  void map(long address, long page, int level) {
    long dirty = link == RIGHTS ? 0 : D;
    script.put(entry(address, level), page | link | dirty | (level > 1 ? PS : 0));
  }

  /** Maps a page of 4 KiB with all rights. */
  void map(long address, long page) {
    map(address, page, 1);
  }

  /** Sets and clears bits of the entry of a level. */
  void change(long address, int level, long set, long clear) {
    script.change(entry(address, level), set, clear);
  }
}
