package org.iommuref.model.iommufd.viommu;

import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectType;

/** A device as a guest knows it behind a virtual unit. Linux: struct iommufd_vdevice. */
final class Vdevice implements ObjectBody {

  private final IommufdObject object;
  private final Context context;
  private final Viommu viommu;
  private final Device device;
  private final long virtualId;

  /** A virtual device; the lock of the device's group is held. */
  Vdevice(IommufdObject object, Context context, Viommu viommu, Device device, long virtualId) {
    this.object = object;
    this.context = context;
    this.viommu = viommu;
    this.device = device;
    this.virtualId = virtualId;
    viommu.object().hold(Holder.VDEVICE);
    device.standsFor(this);
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.VDEVICE;
  }

  Device device() {
    return device;
  }

  long virtualId() {
    return virtualId;
  }

  /** From now on the virtual id names the device, and the device waits for this at its end. */
  void become() {
    viommu.add(this);
  }

  /** Holds the device for short, which its unbind makes end. */
  void holdDevice() {
    boolean held = context.objects().tryLock(device);
    context.kernel().warnings().warnIf(!held, "a device goes while it is held");
  }

  @Override
  public void destroy() {
    device.igroup().lock().lock();
    abort();
    device.igroup().lock().unlock();
    context.objects().put(device);
  }

  /** {@inheritDoc} The lock of the device's group is held. */
  @Override
  public void abort() {
    viommu.remove(this);
    viommu.object().drop(Holder.VDEVICE);
    device.standsFor(null);
  }

  @Override
  public String toString() {
    return type() + " " + object.id();
  }
}
