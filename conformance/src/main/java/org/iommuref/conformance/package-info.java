/** The conformance suite. */
@NullMarked
package org.iommuref.conformance;

import org.jspecify.annotations.NullMarked;
