@NullMarked
package org.iommuref.conformance.trace;

import org.jspecify.annotations.NullMarked;
