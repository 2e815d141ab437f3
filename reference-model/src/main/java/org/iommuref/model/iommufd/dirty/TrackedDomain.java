package org.iommuref.model.iommufd.dirty;

import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;

/**
 * The domain of a page table whose writes are asked for.
 *
 * @param iopt the map that the domain holds
 */
record TrackedDomain(Kernel kernel, DomainId domain, IoPagetable iopt) {

  static TrackedDomain of(Ucmd ucmd, Field hwptId) {
    HwptPaging hwpt = ucmd.held(hwptId, HwptPaging.class);
    return new TrackedDomain(ucmd.kernel(), hwpt.common().domain(), hwpt.ioas().iopt());
  }

  boolean tracksDirty() {
    return kernel.core().userDomains().geometry(domain).tracksDirty()
        && kernel.backend().extension(DirtyTracking.class).isPresent();
  }

  DirtyTracking driver() {
    return kernel.backend().extension(DirtyTracking.class).orElseThrow();
  }
}
