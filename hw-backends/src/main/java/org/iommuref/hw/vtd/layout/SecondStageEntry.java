package org.iommuref.hw.vtd.layout;

/**
 * An entry of a second-stage table: 8 bytes, 512 in a page. Manual 3.7 and 9.8.
 *
 * <p>Level 1 holds 4 KiB pages, level 2 tables or 2 MiB pages, level 3 tables or 1 GiB pages, level
 * 4 tables. An entry without R and W is not present and all its other bits are ignored.
 */
public final class SecondStageEntry {

  /** Bytes of an entry. */
  public static final int BYTES = 8;

  /** R: reads are admitted. */
  public static final Field R = Field.bit("R", 0, "read");

  /** W: writes are admitted. */
  public static final Field W = Field.bit("W", 1, "write");

  /** Bits 6:2, of a use that legacy mode does not have. */
  public static final Field IGNORED_6_2 = Field.of("IGN", 6, 2, "ignored in legacy mode");

  /** PS: the entry is a leaf though above level 1; reserved at level 4, ignored at level 1. */
  public static final Field PS = Field.bit("PS", 7, "page size");

  /** Bits 10:8, of a use that legacy mode does not have. */
  public static final Field IGNORED_10_8 = Field.of("IGN", 10, 8, "ignored in legacy mode");

  /** SNP: snoop; reserved in a non-leaf, and in a leaf unless ECAP.SC. */
  public static final Field SNP = Field.bit("SNP", 11, "snoop, leaf only");

  /** ADDR: the next table or the page, in bytes; below the page size reserved. */
  public static final Field ADDR = Field.of("ADDR", 51, 12, "address");

  /** Bits 60:52, for software. */
  public static final Field IGNORED_60_52 = Field.of("IGN", 60, 52, "ignored, for software");

  /** Bit 61. */
  public static final Field IGNORED_61 = Field.bit("IGN", 61, "ignored in legacy mode");

  /** Bit 63. */
  public static final Field IGNORED_63 = Field.bit("IGN", 63, "ignored, for software");

  /** All fields; bit 62 is reserved. */
  public static final Layout LAYOUT =
      Layout.of(
          "second-stage entry",
          64,
          R,
          W,
          IGNORED_6_2,
          PS,
          IGNORED_10_8,
          SNP,
          ADDR,
          IGNORED_60_52,
          IGNORED_61,
          IGNORED_63);

  /** A: the entry was used; kept in scalable mode with SSADE, ignored otherwise. */
  public static final Field A = Field.bit("A", 8, "accessed");

  /** D: the page was written; kept in scalable mode with SSADE, ignored otherwise. */
  public static final Field D = Field.bit("D", 9, "dirty, leaf only");

  private static final int INDEX_BITS = 9;
  private static final int PAGE_SHIFT = 12;

  private SecondStageEntry() {}

  /** An entry that names a lower table and admits reads and writes. */
  public static long table(long address) {
    return ADDR.address(address) | R.mask() | W.mask();
  }

  /** A leaf at a level, with rights. */
  public static long leaf(long address, int level, boolean read, boolean write) {
    return ADDR.address(address)
        | (level > 1 ? PS.mask() : 0)
        | (read ? R.mask() : 0)
        | (write ? W.mask() : 0);
  }

  /** log2 of the bytes that one entry of a level covers: 12, 21, 30, 39 from level 1. */
  public static int shift(int level) {
    return PAGE_SHIFT + INDEX_BITS * (level - 1);
  }

  /** The index into a table of a level. */
  public static int index(long address, int level) {
    return (int) (address >>> shift(level)) & ((1 << INDEX_BITS) - 1);
  }
}
