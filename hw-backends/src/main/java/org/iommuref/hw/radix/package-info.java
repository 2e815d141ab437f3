/**
 * Radix page tables, as software changes them: shared by every architecture, each with an entry
 * format of its own.
 *
 * <p>Map, unmap and lookup behave as Linux's generic page tables do (drivers/iommu/generic_pt).
 * Clause areas: MAP, and of INV what is due before a table page is freed. Start at {@link
 * org.iommuref.hw.radix.RadixTable}; a new architecture brings a {@link
 * org.iommuref.hw.radix.TableFormat}. Every access to a table is a {@link
 * org.iommuref.hw.radix.TableStep}.
 */
@NullMarked
package org.iommuref.hw.radix;

import org.jspecify.annotations.NullMarked;
