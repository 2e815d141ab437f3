package org.iommuref.model.iommufd.access;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;

/**
 * A range of IOVAs that an access is to pin, to read or to write.
 *
 * @param iova the first IOVA
 * @param length in bytes
 */
public record AccessRange(Access access, long iova, long length) {

  /** What is asked of the range before any area is looked at. ACC-021. */
  public static final CheckList<AccessRange> CHECKS =
      new CheckList<AccessRange>(
              "iommufd_access_rw",
              Checks.<AccessRange>inOrder()
                  .when("ACC-011", "there is no length", r -> r.length == 0, EINVAL)
                  .when("ACC-012", "the range wraps", AccessRange::wraps, EOVERFLOW)
                  .needs("ACC-009", "the access has no IOAS", r -> r.access.isDetached(), ENOENT))
          .orderedBy("ACC-021");

  /** The last IOVA. */
  long last() {
    return iova + length - 1;
  }

  private boolean wraps() {
    return Long.compareUnsigned(last(), iova) < 0;
  }
}
