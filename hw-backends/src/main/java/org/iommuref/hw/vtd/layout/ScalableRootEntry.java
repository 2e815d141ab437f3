package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/**
 * The root entry of scalable mode: 16 bytes, one for each bus; each half names the context table of
 * 128 functions. Manual 9.2.
 *
 * <p>Both halves have one form: {@link #P} and {@link #CTP} are LP and LCTP of the low half, UP and
 * UCTP of the high half.
 */
public final class ScalableRootEntry {

  /** LP, UP: the half names a context table. */
  public static final Field P = Field.bit("P", 0, "present");

  /** LCTP, UCTP: the context table, in bytes. */
  public static final Field CTP = Field.of("CTP", 63, 12, "context-table pointer");

  /** A half. */
  public static final Layout HALF = Layout.of("half of a scalable-mode root entry", 64, P, CTP);

  private ScalableRootEntry() {}

  /** An entry that names two context tables, in bytes; 0 for none. */
  public static Atom of(long lower, long upper) {
    return new Atom(half(lower), half(upper));
  }

  private static long half(long table) {
    return table == 0 ? 0 : CTP.address(table) | P.mask();
  }
}
