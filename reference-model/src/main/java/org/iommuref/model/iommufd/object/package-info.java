/**
 * The table of objects of one context: ids, users, short-term holders, tombstones, destruction.
 *
 * <p>Linux: struct iommufd_object and the functions around it in drivers/iommu/iommufd/main.c.
 * Clause area OBJ. A new type of object implements {@link
 * org.iommuref.model.iommufd.object.ObjectBody}; start at {@link
 * org.iommuref.model.iommufd.object.ObjectTable}.
 */
@NullMarked
package org.iommuref.model.iommufd.object;

import org.jspecify.annotations.NullMarked;
