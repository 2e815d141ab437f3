package org.iommuref.hw.vtd.layout;

/** RTADDR, offset 020h: the root table; takes effect at GCMD.SRTP. Manual 11.4.5. */
public final class RootTableAddress {

  /** TTM: one of the {@code TTM_} constants. */
  public static final Field TTM = Field.of("TTM", 11, 10, "translation table mode");

  /** RTA: the root table, in bytes. */
  public static final Field RTA = Field.of("RTA", 63, 12, "root table address");

  /** All fields. */
  public static final Layout LAYOUT = Layout.of("RTADDR", 64, TTM, RTA);

  /** TTM: legacy mode. */
  public static final int TTM_LEGACY = 0;

  /** TTM: scalable mode. */
  public static final int TTM_SCALABLE = 1;

  /** TTM: every request is refused. */
  public static final int TTM_ABORT = 3;

  private RootTableAddress() {}
}
