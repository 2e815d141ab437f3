/**
 * Open files of iommufd: contexts, event queues, and what else a descriptor can name.
 *
 * <p>A new kind of file implements {@link org.iommuref.model.iommufd.file.OpenFile} and is opened
 * through {@link org.iommuref.model.iommufd.file.Files}.
 */
@NullMarked
package org.iommuref.model.iommufd.file;

import org.jspecify.annotations.NullMarked;
