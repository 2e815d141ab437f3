/**
 * The driver of VT-d units in legacy mode: domains as second-stage tables and context entries,
 * changes as descriptors of the invalidation queue.
 *
 * <p>It does what Linux's drivers/iommu/intel does in legacy mode, and reaches its units through
 * seam 1 alone. Clause areas: DOM, ATT, MAP, INV, FREC. Start at {@link
 * org.iommuref.hw.vtd.driver.VtdBackend}. Every access to memory, registers or a list that threads
 * share is a {@link org.iommuref.hw.vtd.driver.DriverStep} or a {@link
 * org.iommuref.hw.radix.TableStep}; what is made of exchangeable parts is in {@link
 * org.iommuref.hw.vtd.driver.DriverParts}.
 */
@NullMarked
package org.iommuref.hw.vtd.driver;

import org.jspecify.annotations.NullMarked;
