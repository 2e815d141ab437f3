package org.iommuref.model.iommufd.device;

import java.util.Optional;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DeviceCapabilities.Cap;
import org.iommuref.spec.core.UserDomains;
import org.jspecify.annotations.Nullable;

/** A device that a driver has bound to a context. Linux: struct iommufd_device. */
public final class Device implements ObjectBody {

  private final IommufdObject object;
  private final Context context;
  private final IommufdGroup igroup;
  private final Rid rid;
  private final boolean holdsFile;
  private final Shared shared;
  private @Nullable ObjectBody vdevice;
  private boolean destroying;

  /**
   * A device.
   *
   * @param holdsFile whether the file of the context stays open as long as it is bound
   */
  Device(IommufdObject object, Context context, IommufdGroup igroup, Rid rid, boolean holdsFile) {
    this.object = object;
    this.context = context;
    this.igroup = igroup;
    this.rid = rid;
    this.holdsFile = holdsFile;
    this.shared = context.kernel().shared(object.lifetime());
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.DEVICE;
  }

  /** The context that it is bound to. */
  public Context context() {
    return context;
  }

  /** Its group. */
  public IommufdGroup igroup() {
    return igroup;
  }

  /** By which its accesses are known. */
  public Rid rid() {
    return rid;
  }

  /** What its driver says. */
  public UserDomains driver() {
    return context.kernel().core().userDomains();
  }

  /** device_iommu_capable. */
  public boolean isCapable(Cap capability) {
    return driver().isCapable(rid, capability);
  }

  /** The virtual device that stands for it, or null; under the lock of the group. */
  public @Nullable ObjectBody vdevice() {
    return shared
        .look(new DeviceStep.ReadVdevice(object.id()), step -> Optional.ofNullable(vdevice))
        .orElse(null);
  }

  /** Sets or clears the virtual device that stands for it; under the lock of the group. */
  public void standsFor(@Nullable ObjectBody virtual) {
    shared.change(
        new DeviceStep.SetVdevice(object.id(), virtual != null), step -> vdevice = virtual);
  }

  /** Whether it is on its way out and takes no virtual device any more. */
  public boolean isDestroying() {
    return shared.look(new DeviceStep.ReadDestroying(object.id()), step -> destroying);
  }

  /** {@inheritDoc} Its virtual device is destroyed and leaves a tombstone. */
  @Override
  public void preDestroy() {
    igroup.lock().lock();
    shared.change(new DeviceStep.MarkDestroying(object.id()), step -> destroying = true);
    ObjectBody virtual = vdevice();
    boolean alive = virtual != null && context.objects().tryHold(virtual);
    igroup.lock().unlock();
    if (virtual != null && alive) {
      context.objects().tombstoneUser(virtual);
    }
  }

  @Override
  public void destroy() {
    var ignored = context.kernel().core().releaseOwner(rid);
    context.part(IommufdGroups.class, IommufdGroups::new).put(igroup);
    if (holdsFile) {
      context.put();
    }
  }
}
