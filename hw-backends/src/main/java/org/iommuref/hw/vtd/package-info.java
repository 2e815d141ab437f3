/**
 * Intel VT-d in legacy and scalable mode: its layouts, its unit, its driver and their mutants.
 *
 * <p>Clause area: VTD. Start at {@link org.iommuref.hw.vtd.VtdProvider} and {@link
 * org.iommuref.hw.vtd.ScalableProvider}, targets, and at {@code org.iommuref.hw.vtd.layout}, what
 * its parts share.
 */
@NullMarked
package org.iommuref.hw.vtd;

import org.jspecify.annotations.NullMarked;
