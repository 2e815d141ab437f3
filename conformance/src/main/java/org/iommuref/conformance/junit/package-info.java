/**
 * The suite as JUnit tests, for those who build an implementation in Java.
 *
 * <p>Start at {@link org.iommuref.conformance.junit.IommuConformance}.
 */
@NullMarked
package org.iommuref.conformance.junit;

import org.jspecify.annotations.NullMarked;
