package org.iommuref.model.iommufd.hwpt;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.viommu.Viommu;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/** A nested page table, made by a virtual unit. Linux: iommufd_viommu_alloc_hwpt_nested. */
public final class FromViommu implements HwptSource {

  /**
   * A nested page table that is asked for, as the checks see it.
   *
   * @param flags of {@link HwptFlags}
   * @param dataLength how long the user's data are
   */
  public record Request(Viommu viommu, Device device, int flags, int dataLength) {

    private boolean isElsewhere() {
      return !viommu.isBehindSameUnit(device);
    }
  }

  /** What is asked before anything is allocated. */
  public static final CheckList<Request> CHECKS =
      new CheckList<>(
          "iommufd_viommu_alloc_hwpt_nested",
          Checks.<Request>inOrder()
              .when("HWPT-021", "the device is behind another unit", Request::isElsewhere, EINVAL)
              .when(
                  "HWPT-016",
                  "a flag is unknown",
                  r -> (r.flags & ~NestedRequest.KNOWN) != 0,
                  EOPNOTSUPP)
              .when("HWPT-017", "there is no data", r -> r.dataLength == 0, EOPNOTSUPP));

  @Override
  public boolean takes(ObjectBody source) {
    return source instanceof Viommu;
  }

  @Override
  public Result<HwptNested> allocate(
      Ucmd ucmd, ObjectBody source, Device device, int flags, UserData data) {
    Viommu viommu = (Viommu) source;
    Errno refusal =
        CHECKS.refusal(ucmd.kernel(), new Request(viommu, device, flags, data.length()));
    if (refusal != null) {
      return Result.err(refusal);
    }
    int passed = flags & ~HwptFlags.FAULT_ID_VALID;
    return HwptNested.allocate(
        ucmd.context(),
        viommu.hwpt(),
        viommu,
        flags,
        domain ->
            device
                .driver()
                .noteNested(domain, () -> viommu.driver().allocateNested(domain, passed, data)));
  }
}
