/**
 * Hardware units and their drivers: an architecture is a package below this one, here {@code vtd};
 * beside it what architectures share, {@code radix} (page tables as software changes them), {@code
 * cache} (translation caches), {@code device} (what stands before a unit) and {@code event} (what
 * hardware reports of its moves).
 *
 * <p>Start at {@code org.iommuref.hw.vtd}.
 */
@NullMarked
package org.iommuref.hw;

import org.jspecify.annotations.NullMarked;
