/**
 * Trace validation: whether what an implementation did is a behaviour of a model.
 *
 * <p>Start at {@link org.iommuref.tla.trace.TraceCheck}.
 */
@NullMarked
package org.iommuref.tla.trace;

import org.jspecify.annotations.NullMarked;
