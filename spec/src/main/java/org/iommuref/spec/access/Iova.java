package org.iommuref.spec.access;

/** An address as a device issues it, in bytes; all 64 bits are significant and unsigned. */
public record Iova(long bytes) implements Comparable<Iova> {

  /** The address {@code offset} bytes further on. */
  public Iova plus(long offset) {
    return new Iova(bytes + offset);
  }

  @Override
  public int compareTo(Iova other) {
    return Long.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return "0x" + Long.toHexString(bytes);
  }
}
