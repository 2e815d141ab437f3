/**
 * How fast units translate.
 *
 * <p>No clause area. Start at {@link org.iommuref.conformance.bench.Meter}; the workloads come from
 * the modules of the units, by {@link org.iommuref.spec.spi.TranslationWorkloads}.
 */
@NullMarked
package org.iommuref.conformance.bench;

import org.jspecify.annotations.NullMarked;
