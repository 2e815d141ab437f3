/**
 * Queues of events that a user reads from a file: page requests, and events of virtual units.
 *
 * <p>Linux: drivers/iommu/iommufd/eventq.c. Clause areas IOPF and VEVENTQ. Start at {@link
 * org.iommuref.model.iommufd.eventq.FaultQueue} and {@link
 * org.iommuref.model.iommufd.eventq.EventFile}.
 */
@NullMarked
package org.iommuref.model.iommufd.eventq;

import org.jspecify.annotations.NullMarked;
