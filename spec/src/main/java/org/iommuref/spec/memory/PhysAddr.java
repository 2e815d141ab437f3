package org.iommuref.spec.memory;

/** A host physical address in bytes; all 64 bits are significant and unsigned. */
public record PhysAddr(long bytes) implements Comparable<PhysAddr> {

  /** The address {@code offset} bytes further on. */
  public PhysAddr plus(long offset) {
    return new PhysAddr(bytes + offset);
  }

  @Override
  public int compareTo(PhysAddr other) {
    return Long.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return "0x" + Long.toHexString(bytes);
  }
}
