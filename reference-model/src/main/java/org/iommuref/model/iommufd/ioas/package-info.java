/**
 * The IO address space: the object and its commands.
 *
 * <p>Linux: struct iommufd_ioas, drivers/iommu/iommufd/ioas.c. Clause areas IOAS and OPT. Each
 * command is in a file of its own; the map behind an IOAS is in {@code
 * org.iommuref.model.iommufd.pagetable}. Start at {@link org.iommuref.model.iommufd.ioas.Ioas}.
 */
@NullMarked
package org.iommuref.model.iommufd.ioas;

import org.jspecify.annotations.NullMarked;
