/**
 * The loops of {@code bench translate}, as JMH wants them.
 *
 * <p>No clause area. They are compiled apart from the other sources, because JMH writes code beside
 * them that is not ours to judge. Start at {@link org.iommuref.conformance.bench.jmh.JmhMeter}.
 */
@NullMarked
package org.iommuref.conformance.bench.jmh;

import org.jspecify.annotations.NullMarked;
