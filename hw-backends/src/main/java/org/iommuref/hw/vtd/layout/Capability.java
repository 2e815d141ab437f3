package org.iommuref.hw.vtd.layout;

/** CAP, offset 008h: what the unit can do. Manual 11.4.2. */
public final class Capability {

  /** ND: domain ids have 4 + 2 * ND bits. */
  public static final Field ND = ro("ND", 2, 0, "domain-id width is 4 + 2 * ND");

  /** RWBF: updates need a write-buffer flush. */
  public static final Field RWBF = ro("RWBF", 4, 4, "write-buffer flush required");

  /** PLMR: a protected low region exists. */
  public static final Field PLMR = ro("PLMR", 5, 5, "protected low-memory region");

  /** PHMR: a protected high region exists. */
  public static final Field PHMR = ro("PHMR", 6, 6, "protected high-memory region");

  /** CM: entries that are not present may be cached. */
  public static final Field CM = ro("CM", 7, 7, "caching mode");

  /** SAGAW: bit 1 for 39, bit 2 for 48, bit 3 for 57 bits. */
  public static final Field SAGAW = ro("SAGAW", 12, 8, "supported adjusted address widths");

  /** MGAW: width of an address before translation, minus 1. */
  public static final Field MGAW = ro("MGAW", 21, 16, "maximum guest address width - 1");

  /** ZLR: a zero-length read of a write-only page succeeds. */
  public static final Field ZLR = ro("ZLR", 22, 22, "zero-length read");

  /** FRO: the fault recording registers are at 16 * FRO. */
  public static final Field FRO = ro("FRO", 33, 24, "fault-recording register offset / 16");

  /** SSLPS: bit 0 for 2 MiB, bit 1 for 1 GiB. */
  public static final Field SSLPS = ro("SSLPS", 37, 34, "second-stage large page support");

  /** PSI: page-selective IOTLB invalidation. */
  public static final Field PSI = ro("PSI", 39, 39, "page-selective invalidation");

  /** NFR: fault recording registers, minus 1. */
  public static final Field NFR = ro("NFR", 47, 40, "fault-recording registers - 1");

  /** MAMV: the largest address mask of a page-selective invalidation. */
  public static final Field MAMV = ro("MAMV", 53, 48, "maximum address mask value");

  /** DWD: writes can be drained. */
  public static final Field DWD = ro("DWD", 54, 54, "write draining");

  /** DRD: reads can be drained. */
  public static final Field DRD = ro("DRD", 55, 55, "read draining");

  /** FS1GP. */
  public static final Field FS1GP = ro("FS1GP", 56, 56, "first-stage 1 GiB pages");

  /** PI. */
  public static final Field PI = ro("PI", 59, 59, "posted interrupts");

  /** FS5LP. */
  public static final Field FS5LP = ro("FS5LP", 60, 60, "first-stage 5 levels");

  /** ECMDS. */
  public static final Field ECMDS = ro("ECMDS", 61, 61, "enhanced commands");

  /** ESIRTPS. */
  public static final Field ESIRTPS =
      ro("ESIRTPS", 62, 62, "setting the interrupt table pointer invalidates");

  /** ESRTPS: setting the root table pointer invalidates the caches. */
  public static final Field ESRTPS =
      ro("ESRTPS", 63, 63, "setting the root table pointer invalidates");

  /** All fields. */
  public static final Layout LAYOUT =
      Layout.of(
          "CAP", 64, ND, RWBF, PLMR, PHMR, CM, SAGAW, MGAW, ZLR, FRO, SSLPS, PSI, NFR, MAMV, DWD,
          DRD, FS1GP, PI, FS5LP, ECMDS, ESIRTPS, ESRTPS);

  private Capability() {}

  private static Field ro(String name, int high, int low, String meaning) {
    return Field.of(name, high, low, meaning).readOnly();
  }
}
