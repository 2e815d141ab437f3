/**
 * Virtual units: what a guest takes for an IOMMU, with its devices, events and regions to map.
 *
 * <p>Linux: drivers/iommu/iommufd/viommu.c and driver.c. Clause areas VIOMMU and HWQ. Start at
 * {@link org.iommuref.model.iommufd.viommu.Viommu}; the queues of events are in {@code
 * org.iommuref.model.iommufd.eventq}.
 */
@NullMarked
package org.iommuref.model.iommufd.viommu;

import org.jspecify.annotations.NullMarked;
