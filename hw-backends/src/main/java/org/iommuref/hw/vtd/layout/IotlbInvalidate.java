package org.iommuref.hw.vtd.layout;

/**
 * IVA, at 16 * ECAP.IRO, and IOTLB, 8 bytes further: invalidation of the IOTLB through registers.
 * Manual 11.4.6.3 and 11.4.6.4.
 */
public final class IotlbInvalidate {

  /** AM: 2^AM pages; the low AM bits of the page number are ignored. */
  public static final Field AM = Field.of("AM", 5, 0, "address mask").writeOnly();

  /** IH: only leaves were changed. */
  public static final Field IH = Field.bit("IH", 6, "invalidation hint").writeOnly();

  /** ADDR: the first page, in bytes. */
  public static final Field ADDR = Field.of("ADDR", 63, 12, "address").writeOnly();

  /** The address register. */
  public static final Layout ADDRESS = Layout.of("IVA", 64, AM, IH, ADDR);

  /** DID: the domain, for domain and page granularity. */
  public static final Field DID = Field.of("DID", 47, 32, "domain-id");

  /** DW: drain writes. */
  public static final Field DW = Field.bit("DW", 48, "drain writes");

  /** DR: drain reads. */
  public static final Field DR = Field.bit("DR", 49, "drain reads");

  /** IAIG: the granularity that was carried out; 0 if refused. */
  public static final Field IAIG =
      Field.of("IAIG", 58, 57, "actual invalidation granularity").readOnly();

  /** IIRG: the granularity asked for, a {@link Granularity} code. */
  public static final Field IIRG = Field.of("IIRG", 61, 60, "invalidation request granularity");

  /** IVT: start; clear when done. */
  public static final Field IVT = Field.bit("IVT", 63, "invalidate IOTLB");

  /** The command register. */
  public static final Layout COMMAND = Layout.of("IOTLB", 64, DID, DW, DR, IAIG, IIRG, IVT);

  private IotlbInvalidate() {}
}
