package org.iommuref.hw.vtd.layout;

/**
 * GCMD, offset 018h, and GSTS, offset 01Ch: each bit of the one is answered by the same bit of the
 * other. Manual 11.4.4.
 *
 * <p>TE, QIE, IRE and CFI are levels: software writes all of them each time. SRTP, WBF and SIRTP
 * are one-shot: a 1 starts, a 0 does nothing.
 */
public final class GlobalCommand {

  /** CFI: compatibility-format interrupts pass. */
  public static final Field CFI = Field.bit("CFI", 23, "compatibility format interrupt");

  /** SIRTP: latch IRTA. */
  public static final Field SIRTP = Field.bit("SIRTP", 24, "set interrupt remap table pointer");

  /** IRE: remap interrupts. */
  public static final Field IRE = Field.bit("IRE", 25, "interrupt remapping enable");

  /** QIE: the invalidation queue runs. */
  public static final Field QIE = Field.bit("QIE", 26, "queued invalidation enable");

  /** WBF: flush write buffers. */
  public static final Field WBF = Field.bit("WBF", 27, "write buffer flush");

  /** SRTP: latch RTADDR. */
  public static final Field SRTP = Field.bit("SRTP", 30, "set root table pointer");

  /** TE: translate. */
  public static final Field TE = Field.bit("TE", 31, "translation enable");

  /** The bits that keep their state between commands. */
  public static final long LEVELS = TE.mask() | QIE.mask() | IRE.mask() | CFI.mask();

  /** The command register. */
  public static final Layout COMMAND =
      Layout.of(
          "GCMD",
          32,
          CFI.writeOnly(),
          SIRTP.writeOnly(),
          IRE.writeOnly(),
          QIE.writeOnly(),
          WBF.writeOnly(),
          SRTP.writeOnly(),
          TE.writeOnly());

  /** The status register: TES, RTPS, WBFS, QIES, IRES, IRTPS, CFIS in the bits of the commands. */
  public static final Layout STATUS =
      Layout.of(
          "GSTS",
          32,
          CFI.readOnly(),
          SIRTP.readOnly(),
          IRE.readOnly(),
          QIE.readOnly(),
          WBF.readOnly(),
          SRTP.readOnly(),
          TE.readOnly());

  private GlobalCommand() {}
}
