package org.iommuref.model.iommufd.hwpt;

import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.backend.DeviceCapabilities.Cap;
import org.iommuref.spec.backend.UserData;
import org.jspecify.annotations.Nullable;

/**
 * A paging page table that is asked for, as the checks see it.
 *
 * @param device that it must fit
 * @param flags of {@link HwptFlags}
 * @param data of the user for the driver, or null for none
 */
public record PagingRequest(Device device, int flags, @Nullable UserData data) {

  private static final int KNOWN =
      HwptFlags.NEST_PARENT | HwptFlags.DIRTY_TRACKING | HwptFlags.FAULT_ID_VALID | HwptFlags.PASID;

  /** What is asked before anything is allocated. Linux: iommufd_hwpt_paging_alloc. */
  public static final CheckList<PagingRequest> CHECKS =
      new CheckList<>(
              "iommufd_hwpt_paging_alloc",
              Checks.<PagingRequest>inOrder()
                  .when(
                      "HWPT-008", "the driver takes no flags", PagingRequest::isTooMuch, EOPNOTSUPP)
                  .when("HWPT-009", "a flag is unknown", r -> (r.flags & ~KNOWN) != 0, EOPNOTSUPP)
                  .when(
                      "HWPT-010",
                      "the device cannot track what it writes",
                      PagingRequest::cannotTrack,
                      EOPNOTSUPP)
                  .when(
                      "HWPT-011",
                      "a parent of nested ones is to report faults",
                      r -> r.has(HwptFlags.FAULT_ID_VALID) && r.has(HwptFlags.NEST_PARENT),
                      EOPNOTSUPP))
          .orderedBy("HWPT-013");

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private boolean isTooMuch() {
    return (flags != 0 || data != null) && !device.driver().takesUserData();
  }

  private boolean cannotTrack() {
    return has(HwptFlags.DIRTY_TRACKING) && !device.isCapable(Cap.DIRTY_TRACKING);
  }
}
