/**
 * What a run found: verdicts, failures, and the forms in which they are written.
 *
 * <p>{@code report.json} is the source, the others are drawn from it. Start at {@link
 * org.iommuref.conformance.report.Report}.
 */
@NullMarked
package org.iommuref.conformance.report;

import org.jspecify.annotations.NullMarked;
