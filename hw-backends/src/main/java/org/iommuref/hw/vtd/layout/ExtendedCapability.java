package org.iommuref.hw.vtd.layout;

/**
 * ECAP, offset 010h: what the unit can do beyond {@link Capability}. Manual 11.4.3.
 *
 * <p>Only the fields that decide something in legacy mode have names; the unit reports 0 in all
 * others.
 */
public final class ExtendedCapability {

  /** C: structures are snooped, software flushes no cache lines. */
  public static final Field C = ro("C", 0, 0, "page-walk coherency");

  /** QI: the invalidation queue exists. */
  public static final Field QI = ro("QI", 1, 1, "queued invalidation");

  /** DT: device-TLBs. */
  public static final Field DT = ro("DT", 2, 2, "device-TLB");

  /** IR: interrupt remapping. */
  public static final Field IR = ro("IR", 3, 3, "interrupt remapping");

  /** EIM. */
  public static final Field EIM = ro("EIM", 4, 4, "extended interrupt mode");

  /** PT: context entries may pass addresses through. */
  public static final Field PT = ro("PT", 6, 6, "pass-through");

  /** SC: the SNP bit of leaves may be set. */
  public static final Field SC = ro("SC", 7, 7, "snoop control");

  /** IRO: IVA is at 16 * IRO, IOTLB 8 bytes further. */
  public static final Field IRO = ro("IRO", 17, 8, "IOTLB register offset / 16");

  /** SMTS: scalable mode. */
  public static final Field SMTS = ro("SMTS", 43, 43, "scalable mode");

  /** All fields. */
  public static final Layout LAYOUT = Layout.of("ECAP", 64, C, QI, DT, IR, EIM, PT, SC, IRO, SMTS);

  private ExtendedCapability() {}

  private static Field ro(String name, int high, int low, String meaning) {
    return Field.of(name, high, low, meaning).readOnly();
  }
}
