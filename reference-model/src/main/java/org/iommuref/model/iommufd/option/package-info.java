/**
 * IOMMU_OPTION: options of a context and of an IOAS.
 *
 * <p>Clause area OPT. Start at {@link org.iommuref.model.iommufd.option.IommuOption}.
 */
@NullMarked
package org.iommuref.model.iommufd.option;

import org.jspecify.annotations.NullMarked;
