/**
 * The IOMMU core: what Linux keeps in drivers/iommu/iommu.c between the users of the in-kernel
 * interface and a driver.
 *
 * <p>Clause areas: DOM, GRP, ATT, RST, PASID, MAP, INV. Start at {@link
 * org.iommuref.model.core.Core}; the order of argument checks is in {@link
 * org.iommuref.model.core.CoreChecks}. Every change of a group's state happens under the group's
 * lock and is a step; calls of the driver are no steps, since the driver takes its own.
 */
@NullMarked
package org.iommuref.model.core;

import org.jspecify.annotations.NullMarked;
