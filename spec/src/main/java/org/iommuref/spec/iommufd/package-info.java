/**
 * Seam 3: iommufd by its system calls, and what it needs of the kernel around it.
 *
 * <p>Clause areas UAPI, OBJ, IOAS, PIN, ACC, HWPT, DIRTY, GINV, DEV, IOPF, VEVENTQ, VIOMMU, HWQ,
 * OPT and VFIO. Start at {@link org.iommuref.spec.iommufd.Iommufd}; an implementation is opened
 * over a {@link org.iommuref.spec.iommufd.Processes}.
 */
@NullMarked
package org.iommuref.spec.iommufd;

import org.jspecify.annotations.NullMarked;
