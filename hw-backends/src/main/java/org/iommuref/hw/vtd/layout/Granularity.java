package org.iommuref.hw.vtd.layout;

/** The codes of invalidation granularities, in registers and descriptors alike; 0 is reserved. */
public final class Granularity {

  /** Everything. */
  public static final int GLOBAL = 1;

  /** What carries a domain id. */
  public static final int DOMAIN = 2;

  /** Context cache: what was cached for a device. */
  public static final int DEVICE = 3;

  /** IOTLB: pages of a domain. */
  public static final int PAGE = 3;

  private Granularity() {}
}
