/** Tests of the JUnit face, through it. */
@NullMarked
package org.iommuref.conformance.junit;

import org.jspecify.annotations.NullMarked;
