package org.iommuref.hw.vtd.layout;

/** CCMD, offset 028h: invalidation of the context cache through a register. Manual 11.4.6.1. */
public final class ContextCommand {

  /** DID: the domain, for domain and device granularity. */
  public static final Field DID = Field.of("DID", 15, 0, "domain-id");

  /** SID: the device, for device granularity. */
  public static final Field SID = Field.of("SID", 31, 16, "source-id");

  /** FM: function bits that do not count: 0 none, 1 bit 2, 2 bits 2:1, 3 bits 2:0. */
  public static final Field FM = Field.of("FM", 33, 32, "function mask").writeOnly();

  /** CAIG: the granularity that was carried out; 0 if refused. */
  public static final Field CAIG =
      Field.of("CAIG", 60, 59, "actual invalidation granularity").readOnly();

  /** CIRG: the granularity asked for, a {@link Granularity} code. */
  public static final Field CIRG = Field.of("CIRG", 62, 61, "invalidation request granularity");

  /** ICC: start; clear when done. */
  public static final Field ICC = Field.bit("ICC", 63, "invalidate context cache");

  /** All fields. */
  public static final Layout LAYOUT = Layout.of("CCMD", 64, DID, SID, FM, CAIG, CIRG, ICC);

  private ContextCommand() {}
}
