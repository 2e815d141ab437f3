/**
 * Intel VT-d in legacy mode: its layouts, its unit, its driver and their mutants.
 *
 * <p>Clause area: VTD. Start at {@link org.iommuref.hw.vtd.VtdProvider}, the target, and at {@code
 * org.iommuref.hw.vtd.layout}, what its parts share.
 */
@NullMarked
package org.iommuref.hw.vtd;

import org.jspecify.annotations.NullMarked;
