/**
 * TLA+ models: where they come from, what each config must show, and the check that it does.
 *
 * <p>Clause areas: those that the models cite with {@code \* @clause}. Start at {@link
 * org.iommuref.tla.Models}, {@link org.iommuref.tla.ModelCheck} and, for traces, {@link
 * org.iommuref.tla.trace.TraceCheck}.
 */
@NullMarked
package org.iommuref.tla;

import org.jspecify.annotations.NullMarked;
