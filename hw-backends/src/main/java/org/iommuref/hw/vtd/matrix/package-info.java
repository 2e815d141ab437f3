/**
 * The matrix of the mutants of a VT-d unit: a cell for each field of each entry, descriptor and
 * register, each fault reason, and each invalidation with its scope and tags, as the layouts and
 * codes of {@code layout} list them. Clauses VTD-*. Start at {@link
 * org.iommuref.hw.vtd.matrix.MutantMatrix}.
 *
 * <p>A cell has a mutant that is wrong there and nowhere else, or the reason for having none: what
 * nobody lists here cannot be forgotten, for a field without a row is an error.
 */
@NullMarked
package org.iommuref.hw.vtd.matrix;

import org.jspecify.annotations.NullMarked;
