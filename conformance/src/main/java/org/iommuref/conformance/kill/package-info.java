/**
 * Proof that the suite can tell right from wrong: which mutant dies by which clause.
 *
 * <p>Start at {@link org.iommuref.conformance.kill.KillMatrix}.
 */
@NullMarked
package org.iommuref.conformance.kill;

import org.jspecify.annotations.NullMarked;
