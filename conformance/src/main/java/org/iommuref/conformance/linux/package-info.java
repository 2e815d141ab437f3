/**
 * Linux as a judge of seam 3: its own self-test on an implementation in Java, and an implementation
 * beside the real kernel.
 *
 * <p>Clause areas as for {@link org.iommuref.spec.iommufd}. {@link
 * org.iommuref.conformance.linux.ProgramServer} lets programs under the preloaded library of {@code
 * conformance/linux} meet an {@link org.iommuref.spec.iommufd.Iommufd}; start there. {@link
 * org.iommuref.conformance.linux.LinuxTargets} lets the suite judge the kernel itself.
 */
@NullMarked
package org.iommuref.conformance.linux;

import org.jspecify.annotations.NullMarked;
