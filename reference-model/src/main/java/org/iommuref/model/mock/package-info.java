/**
 * The kernel's mock IOMMU driver and its test interface, in binary form.
 *
 * <p>The test interface works over any driver: {@link org.iommuref.model.mock.DeviceSide} brings
 * the devices of a topology to those that are not the mock driver, and an operation that needs more
 * of a driver than it has is unknown.
 *
 * <p>Linux: drivers/iommu/iommufd/selftest.c and iommufd_test.h. The driver is an {@link
 * org.iommuref.spec.backend.IommuBackend} like any other: {@link
 * org.iommuref.model.mock.MockBackend}. The operations of IOMMU_TEST_CMD are {@link
 * org.iommuref.model.mock.TestOp}s, each in a file of its own, listed in {@link
 * org.iommuref.model.mock.TestOps}.
 */
@NullMarked
package org.iommuref.model.mock;

import org.jspecify.annotations.NullMarked;
