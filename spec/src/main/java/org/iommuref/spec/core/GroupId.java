package org.iommuref.spec.core;

/** The number of an IOMMU group, as in /sys/kernel/iommu_groups. */
public record GroupId(int value) implements Comparable<GroupId> {

  @Override
  public int compareTo(GroupId other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "group " + value;
  }
}
