/** The matrix of the mutants is whole: nothing that the layouts declare is missing. */
@NullMarked
package org.iommuref.hw.vtd.matrix;

import org.jspecify.annotations.NullMarked;
