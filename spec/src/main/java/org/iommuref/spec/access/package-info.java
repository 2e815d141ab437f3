/**
 * What a device does and what is seen of it: requester, address, kind, outcome, fault record.
 *
 * <p>Clause areas: MAP, INV, FREC, PASID. Start at {@link org.iommuref.spec.access.DeviceAccess}.
 */
@NullMarked
package org.iommuref.spec.access;

import org.jspecify.annotations.NullMarked;
