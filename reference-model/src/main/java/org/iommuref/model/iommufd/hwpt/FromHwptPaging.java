package org.iommuref.model.iommufd.hwpt;

import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/** A nested page table, made over a paging one. */
final class FromHwptPaging implements HwptSource {

  @Override
  public boolean takes(ObjectBody source) {
    return source instanceof HwptPaging;
  }

  @Override
  public Result<HwptNested> allocate(
      Ucmd ucmd, ObjectBody source, Device device, int flags, UserData data) {
    HwptPaging parent = (HwptPaging) source;
    Errno refusal =
        NestedRequest.CHECKS.refusal(
            ucmd.kernel(), new NestedRequest(device, parent, flags, data.length()));
    if (refusal != null) {
      return Result.err(refusal);
    }
    int passed = flags & ~HwptFlags.FAULT_ID_VALID;
    return HwptNested.allocate(
        ucmd.context(),
        parent,
        parent,
        flags,
        domain ->
            device
                .driver()
                .allocateNested(domain, device.rid(), parent.common().domain(), passed, data));
  }
}
