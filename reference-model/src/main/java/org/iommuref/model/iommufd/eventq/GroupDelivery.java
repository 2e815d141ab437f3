package org.iommuref.model.iommufd.eventq;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What became of a group that was to be read.
 *
 * @param fits whether there is room for all of it
 * @param failure why it could not be written to the reader, or null
 */
public record GroupDelivery(boolean fits, @Nullable Errno failure) {

  /**
   * What ends a read, after the group was put back: the next turn would find it again. Linux: the
   * loop of iommufd_fault_fops_read.
   */
  public static final CheckList<GroupDelivery> ENDS =
      new CheckList<>(
          "iommufd_fault_fops_read of a group",
          Checks.<GroupDelivery>inOrder()
              .needs("IOPF-016", "it does not fit", d -> !d.fits, Errno.EINVAL)
              .needs("IOPF-019", "no cookie", d -> d.failure == Errno.ENOMEM, Errno.ENOMEM)
              .needs("IOPF-018", "no buffer", d -> d.failure == Errno.EFAULT, Errno.EFAULT));

  boolean isDone() {
    return fits && failure == null;
  }
}
