package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/**
 * The context entry of legacy mode: 16 bytes, one for each device and function, 256 in a page.
 * Manual 9.3.
 */
public final class ContextEntry {

  /** Bytes of an entry. */
  public static final int BYTES = 16;

  /** P: the entry describes a domain. */
  public static final Field P = Field.bit("P", 0, "present");

  /** FPD: qualified faults of the device are not recorded; counts also with P=0. */
  public static final Field FPD = Field.bit("FPD", 1, "fault processing disable");

  /** TT: one of the {@code TT_} constants. */
  public static final Field TT = Field.of("TT", 3, 2, "translation type");

  /** SSPTPTR: the top table of the second stage, in bytes; ignored with TT=10. */
  public static final Field SSPTPTR =
      Field.of("SSPTPTR", 63, 12, "second-stage page-table pointer");

  /** AW: one of the {@code AW_} constants. */
  public static final Field AW = Field.of("AW", 66, 64, "address width");

  /** Bits that hardware ignores. */
  public static final Field IGNORED = Field.of("IGN", 70, 67, "ignored, for software");

  /** DID: the tag of the domain in the caches. */
  public static final Field DID = Field.of("DID", 87, 72, "domain identifier");

  /** All fields. */
  public static final Layout LAYOUT =
      Layout.of("context entry", 128, P, FPD, TT, SSPTPTR, AW, IGNORED, DID);

  /** TT: untranslated requests through the second stage, device-TLB requests blocked. */
  public static final int TT_SECOND_STAGE = 0;

  /** TT: as {@link #TT_SECOND_STAGE}, device-TLB requests admitted. */
  public static final int TT_SECOND_STAGE_AND_ATS = 1;

  /** TT: addresses pass unchanged. */
  public static final int TT_PASS_THROUGH = 2;

  /** AW: 39 bits, 3 levels. */
  public static final int AW_39 = 1;

  /** AW: 48 bits, 4 levels. */
  public static final int AW_48 = 2;

  /** AW: 57 bits, 5 levels. */
  public static final int AW_57 = 3;

  private ContextEntry() {}

  /**
   * A present entry.
   *
   * @param translationType one of the {@code TT_} constants
   * @param addressWidth one of the {@code AW_} constants
   * @param domainId the tag
   * @param table the top table, in bytes; 0 for pass-through
   */
  public static Atom present(int translationType, int addressWidth, int domainId, long table) {
    long low = TT.put(SSPTPTR.address(table) | P.mask(), translationType);
    return new Atom(low, DID.put(AW.put(0, addressWidth), domainId));
  }

  /** Levels of tables for a value of AW. */
  public static int levels(int addressWidth) {
    return addressWidth + 2;
  }

  /** Bits of address for a value of AW. */
  public static int addressBits(int addressWidth) {
    return 30 + 9 * addressWidth;
  }

  /** Where the entry of a device and function lies, in bytes from the context table. */
  public static long offset(int devfn) {
    return (long) devfn * BYTES;
  }
}
