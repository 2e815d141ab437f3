/**
 * QEMU's emulated IOMMUs as targets: our driver over a unit that this project did not write.
 *
 * <p>No guest code runs. The suite plays the CPU through QEMU's qtest protocol: it reads and writes
 * the unit's registers and the machine's memory, and makes NVMe controllers issue the accesses.
 * Start at {@link org.iommuref.conformance.qemu.QemuTarget}; a further IOMMU is a further {@link
 * org.iommuref.conformance.qemu.Machine}.
 */
@NullMarked
package org.iommuref.conformance.qemu;

import org.jspecify.annotations.NullMarked;
