/**
 * Pages that are mapped or accessed: a linear array of frames, pinned while a domain or an access
 * needs them, and charged to their owner.
 *
 * <p>Linux: struct iopt_pages, drivers/iommu/iommufd/pages.c. Clause area PIN. A new origin of
 * pages implements {@link org.iommuref.model.iommufd.pages.PagesSource}; start at {@link
 * org.iommuref.model.iommufd.pages.Pages}.
 */
@NullMarked
package org.iommuref.model.iommufd.pages;

import org.jspecify.annotations.NullMarked;
