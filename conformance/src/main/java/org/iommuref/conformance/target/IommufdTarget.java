package org.iommuref.conformance.target;

import org.iommuref.spec.spi.SteppedIommufdProvider;

/**
 * An implementation of seam 3 of this process: what the explorer takes.
 *
 * @param name as {@code --target} takes it
 * @param iommufd makes a fresh one in which nothing is open
 */
public record IommufdTarget(String name, SteppedIommufdProvider iommufd) {}
