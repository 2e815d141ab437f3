/** Tests of what lets Linux be a judge. */
@NullMarked
package org.iommuref.conformance.linux;

import org.jspecify.annotations.NullMarked;
