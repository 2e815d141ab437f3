/**
 * What the suite judges: a target opens a session, a session executes operations.
 *
 * <p>Start at {@link org.iommuref.conformance.target.Target}.
 */
@NullMarked
package org.iommuref.conformance.target;

import org.jspecify.annotations.NullMarked;
