/**
 * Seam 2: what an IOMMU driver promises to the IOMMU core (Linux: iommu_ops and iommu_domain_ops).
 *
 * <p>Clause areas: DOM, ATT, PASID, MAP, INV, FREC, DIRTY, NEST, ATS, PRQ. Start at {@link
 * org.iommuref.spec.backend.IommuBackend}. A subject that not every driver has (PASID, held
 * accesses, nesting, dirty tracking, ATS, page requests) is a {@link
 * org.iommuref.spec.backend.BackendExtension} in a file of its own.
 */
@NullMarked
package org.iommuref.spec.backend;

import org.jspecify.annotations.NullMarked;
