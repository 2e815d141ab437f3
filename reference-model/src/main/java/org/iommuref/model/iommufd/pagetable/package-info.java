/**
 * The map from IOVAs to pages of one IOAS, and the domains that it fills.
 *
 * <p>Linux: struct io_pagetable, drivers/iommu/iommufd/io_pagetable.c and the domain half of
 * pages.c. Clause areas IOAS and PIN. Start at {@link
 * org.iommuref.model.iommufd.pagetable.IoPagetable}. Addresses are unsigned and in bytes; a range
 * names its last byte.
 */
@NullMarked
package org.iommuref.model.iommufd.pagetable;

import org.jspecify.annotations.NullMarked;
