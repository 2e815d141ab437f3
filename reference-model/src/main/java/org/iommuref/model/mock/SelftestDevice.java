package org.iommuref.model.mock;

import java.util.Objects;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.AttachRequest;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.device.DeviceAttach;
import org.iommuref.model.iommufd.device.DeviceBinding;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** A mock device in the hands of the user, who ends it. Linux: struct selftest_obj. */
final class SelftestDevice implements ObjectBody {

  private final IommufdObject object;
  private final Context context;
  private @Nullable Rid rid;
  private @Nullable Device idev;

  SelftestDevice(IommufdObject object, Context context) {
    this.object = object;
    this.context = context;
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.SELFTEST;
  }

  /** The device as the context has it bound. */
  Device idev() {
    return Objects.requireNonNull(idev);
  }

  /** mock_dev_create: makes a device and has it probed. */
  @Nullable Errno create(int flags) {
    Result<Rid> made = devices().create(flags);
    if (!made.isOk()) {
      return made.errno();
    }
    rid = made.value();
    Errno refused = probe(made.value()).errno();
    if (refused != null) {
      devices().destroy(made.value());
    }
    return refused;
  }

  private Result<GroupId> probe(Rid device) {
    var core = kernel().core();
    return devices()
        .groupOf(device)
        .map(group -> core.addDevice(device, group))
        .orElseGet(() -> core.addDevice(device));
  }

  /** Binds the device to the context. */
  @Nullable Errno bind() {
    Result<Device> bound = DeviceBinding.bind(context, Objects.requireNonNull(rid), false);
    if (bound.isOk()) {
      idev = bound.value();
    }
    return bound.errno();
  }

  /** Detaches the device where it has no PASID. */
  void detach() {
    DeviceAttach.detach(idev(), AttachRequest.NO_PASID);
  }

  /** Ends the binding. */
  void unbind() {
    DeviceBinding.unbind(idev());
  }

  /** mock_dev_destroy. */
  void unplug() {
    kernel().core().removeDevice(Objects.requireNonNull(rid));
    devices().destroy(Objects.requireNonNull(rid));
  }

  /** iommufd_selftest_destroy. */
  @Override
  public void destroy() {
    detach();
    unbind();
    unplug();
  }

  private TestDevices devices() {
    return kernel().extension(TestDevices.class).orElseThrow();
  }

  private Kernel kernel() {
    return context.kernel();
  }
}
