package org.iommuref.hw.vtd.layout;

/**
 * An entry of a first-stage table: 8 bytes, 512 in a page, in the format of 64-bit x86. Manual 9.7.
 *
 * <p>Indices, sizes and levels are those of {@link SecondStageEntry}.
 */
public final class FirstStageEntry {

  /** P: present. */
  public static final Field P = Field.bit("P", 0, "present");

  /** R/W: writes are admitted. */
  public static final Field RW = Field.bit("R/W", 1, "write");

  /** U/S: user requests are admitted. */
  public static final Field US = Field.bit("U/S", 2, "user");

  /** PWT and PCD, of the memory type. */
  public static final Field CACHE = Field.of("PWT,PCD", 4, 3, "memory type");

  /** A: the entry was used. */
  public static final Field A = Field.bit("A", 5, "accessed");

  /** D: the page was written; ignored above a leaf. */
  public static final Field D = Field.bit("D", 6, "dirty, leaf only");

  /** PS: the entry is a leaf though above level 1; reserved at levels 4 and 5. */
  public static final Field PS = Field.bit("PS", 7, "page size");

  /** Bits 9:8. */
  public static final Field IGNORED_9_8 = Field.of("IGN", 9, 8, "ignored");

  /** EA: used by a device, with EAFE; ignored without. */
  public static final Field EA = Field.bit("EA", 10, "extended accessed");

  /** Bit 11. */
  public static final Field IGNORED_11 = Field.bit("IGN", 11, "ignored");

  /** ADDR: the next table or the page, in bytes. */
  public static final Field ADDR = Field.of("ADDR", 51, 12, "address");

  /** Bits 63:52. */
  public static final Field IGNORED_63_52 = Field.of("IGN", 63, 52, "ignored");

  /** PAT of a leaf above level 1. */
  public static final Field PAT = Field.bit("PAT", 12, "memory type, large leaf only");

  /** All fields but PAT, which lies in ADDR. */
  public static final Layout LAYOUT =
      Layout.of(
          "first-stage entry",
          64,
          P,
          RW,
          US,
          CACHE,
          A,
          D,
          PS,
          IGNORED_9_8,
          EA,
          IGNORED_11,
          ADDR,
          IGNORED_63_52);

  private FirstStageEntry() {}

  /** An entry that names a lower table and limits nothing. */
  public static long table(long address) {
    return ADDR.address(address) | P.mask() | RW.mask() | US.mask();
  }

  /** A leaf at a level for user requests. */
  public static long leaf(long address, int level, boolean write) {
    return ADDR.address(address)
        | P.mask()
        | US.mask()
        | (level > 1 ? PS.mask() : 0)
        | (write ? RW.mask() : 0);
  }
}
