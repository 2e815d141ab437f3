/**
 * Implementations that are wrong in one named way, on which the suite proves itself.
 *
 * <p>Those of the core and of ideal's map come from their lists of checks and from the core's
 * steps; the others replace a part of the core, or stand in front of a backend and change one of
 * its calls. Nothing in the code that is mutated knows of it. Start at {@link
 * org.iommuref.model.mutant.CoreMutants} and {@link org.iommuref.model.mutant.IdealMutants}.
 */
@NullMarked
package org.iommuref.model.mutant;

import org.jspecify.annotations.NullMarked;
