package org.iommuref.model.iommufd.access;

/** The driver behind an access. Linux: struct iommufd_access_ops. */
public interface AccessUser {

  /** Whether it pins pages, and so needs areas aligned to them. */
  boolean needsPinPages();

  /**
   * Gives back every pin that meets a range before it returns. ACC-028.
   *
   * @param iova the first IOVA
   * @param length in bytes
   */
  void unmap(long iova, long length);
}
