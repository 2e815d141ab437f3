package org.iommuref.hw.vtd.layout;

/**
 * A fault recording register: 128 bits, CAP.NFR + 1 of them from CAP.FRO. Manual 11.4.7.6.
 *
 * <p>T1 and T2 together: 00 write, 01 page request, 10 read, 11 AtomicOp.
 */
public final class FaultRecording {

  /** Bytes of a register. */
  public static final int BYTES = 16;

  /** FI: the page of the address asked for; bits 63:12 of it, in place. */
  public static final Field FI = Field.of("FI", 63, 12, "fault information").readOnly();

  /** SID: who asked. */
  public static final Field SID = Field.of("SID", 79, 64, "source identifier").readOnly();

  /** T2: the second bit of the type. */
  public static final Field T2 = Field.bit("T2", 92, "type bit 2").readOnly();

  /** PRIV: privileged mode requested. */
  public static final Field PRIV = Field.bit("PRIV", 93, "privilege mode requested").readOnly();

  /** EXE: execution requested. */
  public static final Field EXE = Field.bit("EXE", 94, "execute permission requested").readOnly();

  /** PP: the request carried a PASID. */
  public static final Field PP = Field.bit("PP", 95, "PASID present").readOnly();

  /** FR: the {@link FaultReason}. */
  public static final Field FR = Field.of("FR", 103, 96, "fault reason").readOnly();

  /** PV: the PASID, with PP. */
  public static final Field PV = Field.of("PV", 123, 104, "PASID value").readOnly();

  /** AT: the address type; 0 without device-TLBs. */
  public static final Field AT = Field.of("AT", 125, 124, "address type").readOnly();

  /** T1: the first bit of the type. */
  public static final Field T1 = Field.bit("T1", 126, "type bit 1").readOnly();

  /** F: the register holds a fault; software writes 1 to clear it. */
  public static final Field F = Field.bit("F", 127, "fault").clearedByOne();

  /** All fields. */
  public static final Layout LAYOUT =
      Layout.of("FRCD", 128, FI, SID, T2, PRIV, EXE, PP, FR, PV, AT, T1, F);

  private FaultRecording() {}
}
