package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/**
 * The context entry of scalable mode: 32 bytes, one for each function, 128 in a page. Manual 9.4.
 *
 * <p>Hardware reads it in two atoms, of which the second is reserved.
 */
public final class ScalableContextEntry {

  /** Bytes of an entry. */
  public static final int BYTES = 32;

  /** P: the entry describes a device. */
  public static final Field P = Field.bit("P", 0, "present");

  /** FPD: qualified faults of the device are not recorded; counts also with P=0. */
  public static final Field FPD = Field.bit("FPD", 1, "fault processing disable");

  /** DTE: the device-TLB may ask for translations. */
  public static final Field DTE = Field.bit("DTE", 2, "device-TLB enable");

  /** PASIDE: requests may carry a PASID. */
  public static final Field PASIDE = Field.bit("PASIDE", 3, "PASID enable");

  /** PRE: the device may ask for pages. */
  public static final Field PRE = Field.bit("PRE", 4, "page request enable");

  /** EPTR: translated requests may carry a PASID. */
  public static final Field EPTR = Field.bit("EPTR", 6, "PASID-granular translated requests");

  /** PDTS: the PASID directory has 2^(PDTS+7) entries. */
  public static final Field PDTS = Field.of("PDTS", 11, 9, "PASID directory size");

  /** PASIDDIRPTR: the PASID directory, in bytes. */
  public static final Field PASIDDIRPTR =
      Field.of("PASIDDIRPTR", 63, 12, "PASID directory pointer");

  /** RID_PASID: the PASID of requests that carry none. */
  public static final Field RID_PASID = Field.of("RID_PASID", 83, 64, "PASID of requests without");

  /** RID_PRIV: requests without PASID are privileged. */
  public static final Field RID_PRIV = Field.bit("RID_PRIV", 84, "privilege of requests without");

  /** All fields. */
  public static final Layout LAYOUT =
      Layout.of(
          "scalable-mode context entry",
          256,
          P,
          FPD,
          DTE,
          PASIDE,
          PRE,
          EPTR,
          PDTS,
          PASIDDIRPTR,
          RID_PASID,
          RID_PRIV);

  private ScalableContextEntry() {}

  /** The first atom of a present entry for requests with and without PASID; the second is 0. */
  public static Atom present(long directory, int sizeCode, int ridPasid) {
    long low = PASIDDIRPTR.address(directory) | P.mask() | PASIDE.mask();
    return new Atom(PDTS.put(low, sizeCode), RID_PASID.put(0, ridPasid));
  }

  /** The first PASID that a directory of a size code does not cover. */
  public static int pasids(long sizeCode) {
    return 1 << (sizeCode + 13);
  }

  /** Where the entry of a function lies, in bytes from its context table. */
  public static long offset(int devfn) {
    return (long) (devfn & 0x7f) * BYTES;
  }
}
