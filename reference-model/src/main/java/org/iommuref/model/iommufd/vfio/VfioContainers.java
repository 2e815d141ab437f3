package org.iommuref.model.iommufd.vfio;

import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * What VFIO does with a context that it is given as a container. Linux: the functions of
 * vfio_compat.c in the name space IOMMUFD_VFIO.
 *
 * <p>No file of iommufd leads here: it takes a group of VFIO that is put into the container.
 */
public final class VfioContainers {

  private VfioContainers() {}

  /**
   * iommufd_vfio_compat_ioas_create: a group with a unit is put in, so the container has an IOAS
   * from now on. EINVAL for a container without a unit, ENOMEM.
   */
  @Clause({"VFIO-017", "VFIO-018"})
  public static @Nullable Errno putGroup(Context context) {
    Result<Ioas> made = Ioas.allocate(context);
    if (!made.isOk()) {
      return made.errno();
    }
    VfioContainer container = VfioContainer.of(context);
    Ioas chosen = container.get();
    if (chosen != null) {
      context.objects().put(chosen);
    }
    if (container.isWithoutUnit() || chosen != null) {
      context.objects().abort(made.value());
      return container.isWithoutUnit() ? Errno.EINVAL : null;
    }
    container.choose(made.value());
    context.objects().finish(made.value());
    return null;
  }

  /**
   * iommufd_vfio_compat_set_no_iommu: a group without a unit is put in. EINVAL for a container with
   * an IOAS.
   */
  @Clause("VFIO-018")
  public static @Nullable Errno putGroupWithoutUnit(Context context) {
    return VfioContainer.of(context).takeNoUnit() ? null : Errno.EINVAL;
  }

  /**
   * iommufd_vfio_compat_ioas_get_id: the id of the IOAS that devices of the container are attached
   * to. ENODEV if there is none.
   */
  @Clause("VFIO-019")
  public static Result<Integer> ioasOf(Context context) {
    Ioas chosen = VfioContainer.of(context).get();
    if (chosen == null) {
      return Result.err(Errno.ENODEV);
    }
    context.objects().put(chosen);
    return Result.ok(chosen.object().id());
  }
}
