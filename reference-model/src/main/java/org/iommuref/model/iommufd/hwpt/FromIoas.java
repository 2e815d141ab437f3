package org.iommuref.model.iommufd.hwpt;

import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Result;

/** A paging page table, made from an IOAS. */
final class FromIoas implements HwptSource {

  @Override
  public boolean takes(ObjectBody source) {
    return source instanceof Ioas;
  }

  @Override
  public Result<HwptPaging> allocate(
      Ucmd ucmd, ObjectBody source, Device device, int flags, UserData data) {
    UserData given = data.length() == 0 ? null : data;
    return HwptPaging.allocate(ucmd.context(), (Ioas) source, device, flags, given, null);
  }

  @Override
  public void lock(ObjectBody source) {
    ((Ioas) source).mutex().lock();
  }

  @Override
  public void unlock(ObjectBody source) {
    ((Ioas) source).mutex().unlock();
  }
}
