/**
 * What every part of iommufd stands on: processes, the IOMMU core, steps and locks, allocation
 * failure, warnings, accounting, and the lists of checks that are in force.
 *
 * <p>Start at {@link org.iommuref.model.iommufd.kernel.Kernel}.
 */
@NullMarked
package org.iommuref.model.iommufd.kernel;

import org.jspecify.annotations.NullMarked;
