package org.iommuref.conformance.program;

/** What a program can open. */
public enum OpenedNode {
  /** {@code /dev/iommu}. */
  IOMMU("i"),
  /** {@code /dev/vfio/vfio}, which iommufd offers. */
  VFIO("v"),
  /** {@code /dev/null}: a file that is neither memory nor of iommufd. */
  NULL("n");

  private final String letter;

  OpenedNode(String letter) {
    this.letter = letter;
  }

  /** As the agent in the small kernel knows it. */
  String letter() {
    return letter;
  }
}
