/** Tests of the engine. */
@NullMarked
package org.iommuref.conformance.suite;

import org.jspecify.annotations.NullMarked;
