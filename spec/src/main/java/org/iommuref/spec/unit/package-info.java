/**
 * Seam 1: the IOMMU as its registers, its memory accesses and the requests of devices.
 *
 * <p>Start at {@link org.iommuref.spec.unit.IommuUnit}.
 */
@NullMarked
package org.iommuref.spec.unit;

import org.jspecify.annotations.NullMarked;
