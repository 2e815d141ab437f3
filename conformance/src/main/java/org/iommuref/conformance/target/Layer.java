package org.iommuref.conformance.target;

/** What a session speaks to, and so at which seam it is judged. */
public enum Layer {
  /** The unit, as registers, memory and devices find it. */
  UNIT(1),
  /** The driver; no device is probed yet. */
  BACKEND(2),
  /** The IOMMU core over the driver: every device is in its group's default domain. */
  CORE(2),
  /** iommufd, as programs find it. */
  IOMMUFD(3);

  private final int seam;

  Layer(int seam) {
    this.seam = seam;
  }

  /** The number of the seam. */
  public int seam() {
    return seam;
  }
}
