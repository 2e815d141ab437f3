package org.iommuref.spec.backend;

/** The caller's name of a domain; not the tag by which hardware knows it. */
public record DomainId(int value) implements Comparable<DomainId> {

  @Override
  public int compareTo(DomainId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "domain " + value;
  }
}
