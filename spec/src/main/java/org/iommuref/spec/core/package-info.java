/**
 * The in-kernel interface of the IOMMU core (Linux: include/linux/iommu.h): groups, domains,
 * ownership.
 *
 * <p>Clause areas: GRP, ATT, RST, MAP, PASID. Start at {@link org.iommuref.spec.core.IommuCore}.
 */
@NullMarked
package org.iommuref.spec.core;

import org.jspecify.annotations.NullMarked;
