/**
 * Pages of text about one clause, mutant, model, scenario, race or target, with everything that is
 * tied to it.
 *
 * <p>Start at {@link org.iommuref.conformance.explain.Explainer}.
 */
@NullMarked
package org.iommuref.conformance.explain;

import org.jspecify.annotations.NullMarked;
