package org.iommuref.model.iommufd.vfio;

import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.spec.clause.Clause;
import org.jspecify.annotations.Nullable;

/** The IOAS that the commands of a VFIO container act on. Linux: iommufd_ctx.vfio_ioas. */
final class VfioContainer {

  private final Context context;
  private @Nullable Ioas ioas;
  private boolean withoutUnit;

  private VfioContainer(Context context) {
    this.context = context;
    context
        .objects()
        .onRemoval(
            removed -> {
              if (removed == ioas) {
                ioas = null; // VFIO-006
              }
            });
  }

  /** The container of a context. */
  static VfioContainer of(Context context) {
    return context.part(VfioContainer.class, VfioContainer::new);
  }

  /** get_compat_ioas: takes the IOAS for short; null where the answer is ENODEV. */
  @Clause({"VFIO-002", "VFIO-013", "VFIO-022", "VFIO-028", "VFIO-042"})
  @Nullable Ioas get() {
    Ioas chosen = ioas;
    return chosen != null && context.objects().tryLock(chosen) ? chosen : null;
  }

  /** Whether a device without a unit has been put in. Linux: iommufd_ctx.no_iommu_mode. */
  boolean isWithoutUnit() {
    return withoutUnit;
  }

  /** Takes a device without a unit, unless there is an IOAS, and returns whether it did. */
  boolean takeNoUnit() {
    withoutUnit |= ioas == null;
    return ioas == null;
  }

  /** Chooses an IOAS, or none. */
  @Clause({"VFIO-003", "VFIO-004"})
  void choose(@Nullable Ioas next) {
    ioas = next;
  }
}
