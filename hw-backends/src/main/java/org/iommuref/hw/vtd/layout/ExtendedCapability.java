package org.iommuref.hw.vtd.layout;

/**
 * ECAP, offset 010h: what the unit can do beyond {@link Capability}. Manual 11.4.3.
 *
 * <p>Only the fields that decide something in the unit have names; it reports 0 in all others.
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

  /** MHMV: the largest mask of an interrupt-entry invalidation. */
  public static final Field MHMV = ro("MHMV", 23, 20, "maximum handle mask value");

  /** NEST: first stage nested on second stage. */
  public static final Field NEST = ro("NEST", 26, 26, "nested translation");

  /** PRS: devices can ask for pages. */
  public static final Field PRS = ro("PRS", 29, 29, "page request support");

  /** SRS: requests may be privileged. */
  public static final Field SRS = ro("SRS", 31, 31, "supervisor request support");

  /** NWFS: a translation request may say that it will not write. */
  public static final Field NWFS = ro("NWFS", 33, 33, "no-write flag support");

  /** EAFS: entries of the first stage may have EA. */
  public static final Field EAFS = ro("EAFS", 34, 34, "extended accessed flag support");

  /** PSS: bits of a PASID, minus 1. */
  public static final Field PSS = ro("PSS", 39, 35, "PASID size supported - 1");

  /** PASID: requests may carry a PASID. */
  public static final Field PASID = ro("PASID", 40, 40, "process address space ids");

  /** DIT: invalidations of device-TLBs name the physical function. */
  public static final Field DIT = ro("DIT", 41, 41, "device-TLB invalidation throttle");

  /** PDS: a wait descriptor can drain page requests. */
  public static final Field PDS = ro("PDS", 42, 42, "page-request drain support");

  /** SMTS: scalable mode. */
  public static final Field SMTS = ro("SMTS", 43, 43, "scalable mode translation support");

  /** SSADS: accessed and dirty bits in the second stage. */
  public static final Field SSADS = ro("SSADS", 45, 45, "second-stage accessed/dirty support");

  /** SSTS: second stage in scalable mode. */
  public static final Field SSTS = ro("SSTS", 46, 46, "second-stage translation support");

  /** FSTS: first stage. */
  public static final Field FSTS = ro("FSTS", 47, 47, "first-stage translation support");

  /** SMPWCS: walks below a PASID entry can be snooped. */
  public static final Field SMPWCS = ro("SMPWCS", 48, 48, "scalable-mode page-walk coherency");

  /** RPS: a context entry names the PASID of requests without one. */
  public static final Field RPS = ro("RPS", 49, 49, "RID_PASID support");

  /** ADMS: the root table address can abort every request. */
  public static final Field ADMS = ro("ADMS", 52, 52, "abort DMA mode support");

  /** RPRIVS: a context entry makes requests without PASID privileged. */
  public static final Field RPRIVS = ro("RPRIVS", 53, 53, "RID_PRIV support");

  /** PTRS: translated requests may carry a PASID. */
  public static final Field PTRS = ro("PTRS", 56, 56, "PASID-granular translated requests");

  /** SMS: stop markers are dropped where they cannot be queued. */
  public static final Field SMS = ro("SMS", 58, 58, "stop marker support");

  /** EIMER: interrupts are remapped in extended mode alone. */
  public static final Field EIMER = ro("EIMER", 61, 61, "extended interrupt mode enable required");

  /** IRREQ: interrupts without remapping are refused. */
  public static final Field IRREQ = ro("IRREQ", 62, 62, "interrupt remapping required");

  /** All fields. */
  public static final Layout LAYOUT =
      Layout.of(
          "ECAP", 64, C, QI, DT, IR, EIM, PT, SC, IRO, MHMV, NEST, PRS, SRS, NWFS, EAFS, PSS, PASID,
          DIT, PDS, SMTS, SSADS, SSTS, FSTS, SMPWCS, RPS, ADMS, RPRIVS, PTRS, SMS, EIMER, IRREQ);

  private ExtendedCapability() {}

  private static Field ro(String name, int high, int low, String meaning) {
    return Field.of(name, high, low, meaning).readOnly();
  }
}
