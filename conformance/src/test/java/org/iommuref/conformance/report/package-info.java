/** What a run writes: the files, their schemas, and what is drawn from them. */
@NullMarked
package org.iommuref.conformance.report;

import org.jspecify.annotations.NullMarked;
