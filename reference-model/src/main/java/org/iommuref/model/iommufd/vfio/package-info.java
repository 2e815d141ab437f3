/**
 * The commands of a VFIO container, answered over an IOAS.
 *
 * <p>Linux: vfio_compat.c. Clause area VFIO. Start at {@link
 * org.iommuref.model.iommufd.vfio.VfioContainer}; each command is a class of its own.
 */
@NullMarked
package org.iommuref.model.iommufd.vfio;

import org.jspecify.annotations.NullMarked;
