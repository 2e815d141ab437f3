/** Tests of targets and their sessions. */
@NullMarked
package org.iommuref.conformance.target;

import org.jspecify.annotations.NullMarked;
