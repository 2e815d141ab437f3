/** Tests of the wire: round trips, what is refused, and that schemas and records agree. */
@NullMarked
package org.iommuref.spec.wire;

import org.jspecify.annotations.NullMarked;
