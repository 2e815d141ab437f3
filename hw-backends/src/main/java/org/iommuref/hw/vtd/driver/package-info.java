/**
 * The driver of VT-d units: domains as tables, entries that lead devices to them, changes as
 * descriptors of the invalidation queue.
 *
 * <p>It does what Linux's drivers/iommu/intel does and reaches its units through seam 1 alone.
 * Units that all have scalable mode are run in it: PASID directories and tables, first and second
 * stage, nested domains, tracked pages, devices with ATS and page requests; others in legacy mode.
 * Clause areas: DOM, ATT, PASID, MAP, INV, FREC, DIRTY. Start at {@link
 * org.iommuref.hw.vtd.driver.VtdBackend}; the flush orders are in {@link
 * org.iommuref.hw.vtd.driver.PasidTables} and {@link org.iommuref.hw.vtd.driver.ContextTables}.
 * Every access to memory, registers or a list that threads share is a {@link
 * org.iommuref.hw.vtd.driver.DriverStep} or a {@link org.iommuref.hw.radix.TableStep}; what is made
 * of exchangeable parts is in {@link org.iommuref.hw.vtd.driver.DriverParts}.
 */
@NullMarked
package org.iommuref.hw.vtd.driver;

import org.jspecify.annotations.NullMarked;
