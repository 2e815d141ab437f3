/** Tests of how names are compared. */
@NullMarked
package org.iommuref.conformance.spelling;

import org.jspecify.annotations.NullMarked;
