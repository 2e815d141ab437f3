/**
 * The oracle: what is allowed to be seen, when, and why.
 *
 * <p>It keeps sets of live states and answers allowed or not, with the clause that decides; it
 * never computes one expected value. It imports {@code org.iommuref.spec} alone: an oracle that
 * shares code with what it judges agrees with itself. Clause areas DOM, GRP, ATT, RST, PASID, MAP,
 * INV, FREC. Start at {@link org.iommuref.model.oracle.Oracle}; a new subject is a {@link
 * org.iommuref.model.oracle.Rule} in a file of its own, registered in {@code Oracle}.
 */
@NullMarked
package org.iommuref.model.oracle;

import org.jspecify.annotations.NullMarked;
