package org.iommuref.model.iommufd.device;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENODEV;
import static org.iommuref.spec.errno.Errno.EPERM;

import java.util.Objects;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DeviceCapabilities.Cap;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/** Binds a device to a context. Linux: iommufd_device_bind, iommufd_device_unbind. */
public final class DeviceBinding {

  /**
   * A device that is to be bound, as the checks see it.
   *
   * @param context to which
   * @param device by its requester id
   */
  public record Request(Context context, Rid device) {

    /** What is asked before it is bound. */
    public static final CheckList<Request> CHECKS =
        new CheckList<>(
            "iommufd_device_bind",
            Checks.<Request>inOrder()
                .when("DEV-001", "the device is not coherent", Request::isIncoherent, EINVAL)
                .needs("DEV-002", "the device has no group", Request::hasNoGroup, ENODEV)
                .when("DEV-003", "interrupts are not isolated", Request::isUnsafe, EPERM));

    private boolean isIncoherent() {
      var driver = context.kernel().core().userDomains();
      return !driver.isCapable(device, Cap.CACHE_COHERENCY);
    }

    private boolean hasNoGroup() {
      return !context.kernel().core().groupOf(device).isOk();
    }

    /** iommu_group_has_isolated_msi: of each device of the group; the mock devices are exempt. */
    private boolean isUnsafe() {
      var core = context.kernel().core();
      return context
          .kernel()
          .extension(DeviceFacts.class)
          .filter(facts -> !core.devicesOfGroup(device).stream().allMatch(facts::hasIsolatedMsi))
          .isPresent();
    }
  }

  private DeviceBinding() {}

  /**
   * Binds a device: from now on it can do no DMA until it is attached.
   *
   * @param holdsFile whether the file of the context stays open as long as it is bound
   * @return EINVAL, ENODEV, ENOMEM, EPERM or EBUSY by the claim of the group
   */
  public static Result<Device> bind(Context context, Rid rid, boolean holdsFile) {
    var kernel = context.kernel();
    Errno refusal = Request.CHECKS.refusal(kernel, new Request(context, rid));
    if (refusal != null) {
      return Result.err(refusal);
    }
    IommufdGroups groups = context.part(IommufdGroups.class, IommufdGroups::new);
    Result<IommufdGroup> found = groups.get(kernel.core().groupOf(rid).value());
    if (!found.isOk()) {
      return Result.err(Objects.requireNonNull(found.errno()));
    }
    IommufdGroup igroup = found.value();
    Errno claimed = kernel.core().claimOwner(rid, context.file().number()).errno();
    if (claimed != null) {
      groups.put(igroup);
      return Result.err(claimed);
    }
    Result<Device> made =
        context.objects().allocate(object -> new Device(object, context, igroup, rid, holdsFile));
    if (!made.isOk()) {
      var ignored = kernel.core().releaseOwner(rid);
      groups.put(igroup);
      return made;
    }
    if (holdsFile) {
      context.get();
    }
    made.value().object().hold(Holder.DRIVER); // the driver, until it unbinds the device
    context.objects().finish(made.value());
    return made;
  }

  /** Ends what bind began; the driver has detached everything. */
  public static void unbind(Device device) {
    device.context().objects().destroyUser(device);
  }
}
