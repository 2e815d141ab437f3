/**
 * VT-d units and drivers that are wrong in one named way, with the clauses that each violates.
 *
 * <p>Clause areas: all that {@code vtd} is judged by. Start at {@link
 * org.iommuref.hw.vtd.mutant.VtdMutants}, which the suite finds; those of the unit are in {@link
 * org.iommuref.hw.vtd.mutant.VtdUnitMutants}.
 */
@NullMarked
package org.iommuref.hw.vtd.mutant;

import org.jspecify.annotations.NullMarked;
