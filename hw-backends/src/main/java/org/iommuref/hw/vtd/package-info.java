/**
 * Intel VT-d in legacy mode: its layouts, its unit, its driver and their mutants.
 *
 * <p>Clause area: VTD. Start at {@code org.iommuref.hw.vtd.layout}.
 */
@NullMarked
package org.iommuref.hw.vtd;

import org.jspecify.annotations.NullMarked;
