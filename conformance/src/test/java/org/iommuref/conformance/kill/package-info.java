/** Proof that the suite tells right from wrong, and that each case is needed for it. */
@NullMarked
package org.iommuref.conformance.kill;

import org.jspecify.annotations.NullMarked;
