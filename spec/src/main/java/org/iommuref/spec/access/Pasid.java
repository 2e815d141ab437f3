package org.iommuref.spec.access;

/**
 * A process address space id: 20 bits. A request without one is not a request with PASID 0
 * (PASID-002).
 */
public record Pasid(int value) implements Comparable<Pasid> {

  /** Requires 20 bits. */
  public Pasid {
    if (value < 0 || value > 0xfffff) {
      throw new IllegalArgumentException("a PASID has 20 bits: " + value);
    }
  }

  @Override
  public int compareTo(Pasid other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "pasid " + value;
  }
}
