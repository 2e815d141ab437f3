/**
 * What {@code bench translate} measures of a VT-d unit: a unit, tables in memory, and requests of
 * one kind.
 *
 * <p>No clause area: that the requests are of their kind, a test counts by the reads of memory.
 * Start at {@link org.iommuref.hw.vtd.bench.VtdWorkloads}.
 */
@NullMarked
package org.iommuref.hw.vtd.bench;

import org.jspecify.annotations.NullMarked;
