/**
 * Hardware page tables: domains as objects of the user.
 *
 * <p>Linux: struct iommufd_hw_pagetable, drivers/iommu/iommufd/hw_pagetable.c. Clause areas HWPT,
 * DIRTY, GINV. What a page table can be made from is a {@link
 * org.iommuref.model.iommufd.hwpt.HwptSource}, listed in {@link
 * org.iommuref.model.iommufd.hwpt.HwptSources}; start at {@link
 * org.iommuref.model.iommufd.hwpt.HwptAlloc}.
 */
@NullMarked
package org.iommuref.model.iommufd.hwpt;

import org.jspecify.annotations.NullMarked;
