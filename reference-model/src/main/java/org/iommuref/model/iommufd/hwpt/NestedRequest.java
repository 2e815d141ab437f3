package org.iommuref.model.iommufd.hwpt;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.kernel.CheckList;

/**
 * A nested page table that is asked for over a paging one, as the checks see it.
 *
 * @param device that it must fit
 * @param flags of {@link HwptFlags}
 * @param dataLength how long the user's data are
 */
public record NestedRequest(Device device, HwptPaging parent, int flags, int dataLength) {

  /** The flags that a nested page table can have. */
  public static final int KNOWN = HwptFlags.FAULT_ID_VALID | HwptFlags.PASID;

  /** What is asked before anything is allocated. Linux: iommufd_hwpt_nested_alloc. */
  public static final CheckList<NestedRequest> CHECKS =
      new CheckList<>(
              "iommufd_hwpt_nested_alloc",
              Checks.<NestedRequest>inOrder()
                  .when("HWPT-016", "a flag is unknown", r -> (r.flags & ~KNOWN) != 0, EOPNOTSUPP)
                  .when("HWPT-017", "there is no data", r -> r.dataLength == 0, EOPNOTSUPP)
                  .needs(
                      "HWPT-018",
                      "the driver has no nested domains",
                      r -> !r.device.driver().hasNested(),
                      EOPNOTSUPP)
                  .when(
                      "HWPT-019", "an attach made the parent", r -> r.parent.isAutoDomain(), EINVAL)
                  .when(
                      "HWPT-019",
                      "the parent was not made to be one",
                      r -> !r.parent.isNestParent(),
                      EINVAL)
                  .when(
                      "HWPT-020",
                      "the parent belongs to another driver",
                      NestedRequest::isOfAnotherDriver,
                      EINVAL))
          .orderedBy("HWPT-022");

  private boolean isOfAnotherDriver() {
    return !device.driver().isOfDriverOf(device.rid(), parent.common().domain());
  }
}
