/**
 * What devices have written, as bitmaps of the user.
 *
 * <p>Linux: the dirty tracking of hw_pagetable.c and io_pagetable.c, and iova_bitmap.c. Clause area
 * DIRTY. Start at {@link org.iommuref.model.iommufd.dirty.HwptGetDirtyBitmap}.
 */
@NullMarked
package org.iommuref.model.iommufd.dirty;

import org.jspecify.annotations.NullMarked;
