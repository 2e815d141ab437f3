/** The matrix of the mutants is whole: nothing that the layouts declare is missing. */
@org.jspecify.annotations.NullMarked
package org.iommuref.hw.vtd.matrix;
