package org.iommuref.spec.backend;

/** The rights of a mapping. Linux: IOMMU_READ, IOMMU_WRITE. */
public enum Prot {
  NONE(false, false),
  READ(true, false),
  WRITE(false, true),
  READ_WRITE(true, true);

  private final boolean read;
  private final boolean write;

  Prot(boolean read, boolean write) {
    this.read = read;
    this.write = write;
  }

  /** Whether a device may read. */
  public boolean read() {
    return read;
  }

  /** Whether a device may write. */
  public boolean write() {
    return write;
  }
}
