/**
 * Trace validation: whether what a driver and its unit do under the explorer is a behaviour of the
 * model {@code UnmapFlush}.
 *
 * <p>The explorer runs {@link org.iommuref.conformance.trace.MapUnmapRace}; each schedule becomes a
 * trace by {@link org.iommuref.conformance.trace.ActionTable}, which says of every record what it
 * is to the model; TLC judges the traces. Traces that a renaming of addresses and ids makes equal
 * count once. Clause areas: INV, MAP. Start at {@link
 * org.iommuref.conformance.trace.TraceValidation}.
 */
@NullMarked
package org.iommuref.conformance.trace;

import org.jspecify.annotations.NullMarked;
