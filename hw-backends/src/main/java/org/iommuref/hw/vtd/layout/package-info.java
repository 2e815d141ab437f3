/**
 * The bit layouts of Intel VT-d, each declared once: registers, structures in memory, descriptors,
 * fault reasons.
 *
 * <p>Unit and driver share these and nothing else. Clause area: VTD. Start at {@link
 * org.iommuref.hw.vtd.layout.Register}, which lists every register with its offset and fields, and
 * at {@link org.iommuref.hw.vtd.layout.Layout}, which can print any of them. Bit numbers and
 * section numbers are those of the VT-d specification, revision 5.10.
 */
@NullMarked
package org.iommuref.hw.vtd.layout;

import org.jspecify.annotations.NullMarked;
