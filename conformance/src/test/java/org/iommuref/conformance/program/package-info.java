/** Tests of programs on the model. */
@NullMarked
package org.iommuref.conformance.program;

import org.jspecify.annotations.NullMarked;
