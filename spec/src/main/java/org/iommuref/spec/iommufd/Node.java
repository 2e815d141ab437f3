package org.iommuref.spec.iommufd;

/** A character device that opens a context of iommufd. */
public enum Node {
  /** {@code /dev/iommu}. */
  IOMMU,
  /** {@code /dev/vfio/vfio}, where iommufd offers it: the same, with accounting by mm. */
  VFIO
}
