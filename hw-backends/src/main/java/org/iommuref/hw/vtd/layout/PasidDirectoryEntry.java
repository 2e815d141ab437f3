package org.iommuref.hw.vtd.layout;

/** An entry of a PASID directory: 8 bytes, one for 64 PASIDs. Manual 9.5. */
public final class PasidDirectoryEntry {

  /** Bytes of an entry. */
  public static final int BYTES = 8;

  /** P: the entry names a PASID table. */
  public static final Field P = Field.bit("P", 0, "present");

  /** FPD: qualified faults are not recorded; counts also with P=0. */
  public static final Field FPD = Field.bit("FPD", 1, "fault processing disable");

  /** SMPTBLPTR: the PASID table, in bytes. */
  public static final Field SMPTBLPTR = Field.of("SMPTBLPTR", 63, 12, "PASID table pointer");

  /** All fields. */
  public static final Layout LAYOUT = Layout.of("PASID directory entry", 64, P, FPD, SMPTBLPTR);

  private PasidDirectoryEntry() {}

  /** An entry that names the PASID table at {@code table}, in bytes. */
  public static long present(long table) {
    return SMPTBLPTR.address(table) | P.mask();
  }

  /** Where the entry of a PASID lies, in bytes from the directory. */
  public static long offset(int pasid) {
    return (long) (pasid >>> 6) * BYTES;
  }
}
