package org.iommuref.model.iommufd.pagetable;

import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** Reserves what a device cannot use. Linux: iopt_table_enforce_dev_resv_regions. */
record DeviceRegions(Kernel kernel, IoPagetable table, Rid device) {

  /** The caller holds {@code iova_rwsem}, and lets go of everything after a failure. */
  @Nullable Errno reserve(@Nullable SwMsiWindow swMsi) {
    int hardware = 0;
    int software = 0;
    for (ReservedRegion region : kernel.core().userDomains().reservedRegions(device)) {
      if (region.type() == ReservedRegion.Type.DIRECT_RELAXABLE) {
        continue;
      }
      long start = region.start().bytes();
      if (swMsi != null && region.type() == ReservedRegion.Type.MSI) {
        hardware++;
      }
      if (swMsi != null && region.type() == ReservedRegion.Type.SW_MSI) {
        swMsi.startsAt(start);
        software++;
      }
      Errno failure = table.reserveLocked(start, start + region.length() - 1, device);
      if (failure != null) {
        return failure;
      }
    }
    boolean odd = (software > 0 && hardware > 0) || software > 1;
    return kernel.warnings().warnIf(odd, "a device has several windows for interrupt messages")
        ? Errno.EINVAL
        : null;
  }
}
