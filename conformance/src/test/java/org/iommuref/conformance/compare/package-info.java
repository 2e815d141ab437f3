/** Tests of the comparison of the model with another implementation. */
@NullMarked
package org.iommuref.conformance.compare;

import org.jspecify.annotations.NullMarked;
