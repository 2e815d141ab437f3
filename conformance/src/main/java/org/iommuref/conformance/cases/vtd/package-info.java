/**
 * Cases of seam 1 for Intel VT-d units: what registers, tables and devices show of each rule.
 *
 * <p>Clause area: VTD. Start at {@link org.iommuref.conformance.cases.vtd.VtdUnitCases} and {@code
 * VtdScene}, the language of the cases. Offsets and bits are written down from the manual once
 * more, so that a layout that is wrong in an implementation of ours is not wrong in its judge too.
 * Section numbers are those of revision 5.10.
 */
@NullMarked
package org.iommuref.conformance.cases.vtd;

import org.jspecify.annotations.NullMarked;
