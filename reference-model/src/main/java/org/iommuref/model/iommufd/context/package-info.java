/**
 * A context: what one open of {@code /dev/iommu} stands for. Linux: struct iommufd_ctx.
 *
 * <p>State of one subject only is not a field here: it is a part, see {@link
 * org.iommuref.model.iommufd.context.Context#part}.
 */
@NullMarked
package org.iommuref.model.iommufd.context;

import org.jspecify.annotations.NullMarked;
