/**
 * Devices that are bound to a context, their groups, and what they are attached to.
 *
 * <p>Linux: struct iommufd_device and struct iommufd_group, drivers/iommu/iommufd/device.c. Clause
 * area DEV. Start at {@link org.iommuref.model.iommufd.device.DeviceBinding} and {@link
 * org.iommuref.model.iommufd.device.DeviceAttach}.
 */
@NullMarked
package org.iommuref.model.iommufd.device;

import org.jspecify.annotations.NullMarked;
