package org.iommuref.hw.vtd.layout;

/** FSTS, offset 034h: which faults and errors wait for software. Manual 11.4.7.1. */
public final class FaultStatus {

  /** PFO: a fault was lost because no recording register was free. */
  public static final Field PFO = Field.bit("PFO", 0, "primary fault overflow").clearedByOne();

  /** PPF: some recording register has F set. */
  public static final Field PPF = Field.bit("PPF", 1, "primary pending fault").readOnly();

  /** IQE: the invalidation queue stopped at an error. */
  public static final Field IQE = Field.bit("IQE", 4, "invalidation queue error").clearedByOne();

  /** ICE: an unexpected device-TLB completion. */
  public static final Field ICE =
      Field.bit("ICE", 5, "invalidation completion error").clearedByOne();

  /** ITE: a device-TLB invalidation timed out. */
  public static final Field ITE = Field.bit("ITE", 6, "invalidation time-out error").clearedByOne();

  /** FRI: the first recording register that holds a fault; valid with PPF. */
  public static final Field FRI = Field.of("FRI", 15, 8, "fault record index").readOnly();

  /** All fields. */
  public static final Layout LAYOUT = Layout.of("FSTS", 32, PFO, PPF, IQE, ICE, ITE, FRI);

  private FaultStatus() {}
}
