/**
 * Simulated processes: address spaces with pages that can be pinned, fork, files of memory and
 * descriptors.
 *
 * <p>They bring what iommufd needs of the kernel around it ({@link
 * org.iommuref.spec.iommufd.Processes}) where no real process does: in tests, in the explorer,
 * under a fuzzer. Clause areas PIN and ACC. Start at {@link
 * org.iommuref.model.process.SimulatedProcesses}.
 */
@NullMarked
package org.iommuref.model.process;

import org.jspecify.annotations.NullMarked;
