/**
 * The cases of seam 3: programs that use iommufd, and what must come of each call.
 *
 * <p>One class an area, or a part of one, registered in {@link
 * org.iommuref.conformance.cases.iommufd.ProgramCases}. A case is written with {@link
 * org.iommuref.conformance.cases.iommufd.Program}. Clause areas UAPI, OBJ, IOAS, OPT, PIN, HWPT,
 * DEV, ACC, IOPF, GINV, DIRTY, VIOMMU, VEVENTQ, HWQ, RSV, VFIO, MOCK.
 */
@NullMarked
package org.iommuref.conformance.cases.iommufd;

import org.jspecify.annotations.NullMarked;
