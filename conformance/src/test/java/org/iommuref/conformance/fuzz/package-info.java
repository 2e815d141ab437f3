/** Fuzzing finds nothing in the model, and something in what is wrong. */
@NullMarked
package org.iommuref.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
