/**
 * Accesses: the kernel reads, writes and pins what an IOAS maps, without a device.
 *
 * <p>Linux: iommufd_access in device.c, and the part of pages.c that pins for it. Clause area ACC.
 * Start at {@link org.iommuref.model.iommufd.access.Access}.
 */
@NullMarked
package org.iommuref.model.iommufd.access;

import org.jspecify.annotations.NullMarked;
