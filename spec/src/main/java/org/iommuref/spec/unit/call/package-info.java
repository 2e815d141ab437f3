/**
 * The calls of seam 1 as values: what a case of a unit lists, what a target executes, what travels
 * on the wire.
 *
 * <p>Start at {@link org.iommuref.spec.unit.call.UnitCall}; {@link
 * org.iommuref.spec.unit.call.Expect} says what must come of one. Clause areas: those of the units,
 * as VTD.
 */
@NullMarked
package org.iommuref.spec.unit.call;

import org.jspecify.annotations.NullMarked;
