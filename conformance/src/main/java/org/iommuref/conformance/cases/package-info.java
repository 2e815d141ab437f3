/**
 * The cases, by area: what a device sees, and nothing of how an implementation does it.
 *
 * <p>One class an area, registered in {@link org.iommuref.conformance.cases.Cases}. A case is made
 * with {@link org.iommuref.conformance.cases.Scene}. Clause areas DOM, GRP, ATT, RST, PASID, MAP,
 * INV, FREC, VTD.
 */
@NullMarked
package org.iommuref.conformance.cases;

import org.jspecify.annotations.NullMarked;
