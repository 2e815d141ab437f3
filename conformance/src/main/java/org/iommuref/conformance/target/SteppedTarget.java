package org.iommuref.conformance.target;

import org.iommuref.spec.spi.SteppedIommufdProvider;

/**
 * An implementation of seam 3 whose calls go by steps: what the explorer takes, as it takes a
 * {@link BackendTarget} at seam 2.
 *
 * @param name as {@code --target} takes it
 * @param iommufd makes a fresh one in which nothing is open
 */
public record SteppedTarget(String name, SteppedIommufdProvider iommufd) {}
