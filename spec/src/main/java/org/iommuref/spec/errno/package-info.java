/**
 * Error numbers and the result of a call that may fail.
 *
 * <p>Every seam answers with a {@link org.iommuref.spec.errno.Result}: a value, or an errno with
 * what was done before the failure. Start at {@link org.iommuref.spec.errno.Errno}.
 */
@NullMarked
package org.iommuref.spec.errno;

import org.jspecify.annotations.NullMarked;
